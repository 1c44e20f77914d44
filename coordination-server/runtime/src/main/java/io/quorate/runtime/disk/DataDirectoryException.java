package io.quorate.runtime.disk;

import org.jspecify.annotations.Nullable;

/** The data directories cannot be used; exit code 3 (operations 7.1). The message says which, why, and what to do. */
public final class DataDirectoryException extends RuntimeException {

    DataDirectoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
