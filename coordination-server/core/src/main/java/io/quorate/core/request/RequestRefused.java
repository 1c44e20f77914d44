package io.quorate.core.request;

import io.quorate.core.wire.ErrorCode;

/**
 * A request that fails a check. Thrown from the middle of a preparation, which is then undone; carries no stack trace,
 * since refusals are ordinary.
 */
final class RequestRefused extends RuntimeException {

    private final ErrorCode error;

    RequestRefused(ErrorCode error) {
        super(error.name(), null, false, false);
        this.error = error;
    }

    ErrorCode error() {
        return error;
    }

    /** Refuses unless {@code holds}. */
    static void unless(boolean holds, ErrorCode error) {
        if (!holds) {
            throw new RequestRefused(error);
        }
    }
}
