package io.quorate.core.port;

/** The medium refused during recovery. The message names the file and what to do. */
public final class DiskFailure extends RuntimeException {

    public DiskFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
