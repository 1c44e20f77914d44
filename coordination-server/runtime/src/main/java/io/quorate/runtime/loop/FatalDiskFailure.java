package io.quorate.runtime.loop;

/**
 * The transaction log's disk failed, so nobody knows what it holds: the server has stopped, and recovers at its next
 * start from what is really there. The process must end with a non-zero status.
 */
public final class FatalDiskFailure extends RuntimeException {

    public FatalDiskFailure(String message) {
        super(message);
    }
}
