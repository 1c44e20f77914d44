package io.quorate.cloud.zk.lock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A lock was not acquired. */
public final class LockNotAcquiredException extends RuntimeException {

    private LockNotAcquiredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static LockNotAcquiredException late(String name, Duration waited) {
        return new LockNotAcquiredException(
                "The lock '" + name + "' was not acquired within " + TimeUnit.MILLISECONDS.convert(waited)
                        + " ms: somebody else holds it, or there is no connection",
                null);
    }

    static LockNotAcquiredException refused(String name, Throwable cause) {
        return new LockNotAcquiredException("The lock '" + name + "' cannot be acquired: " + cause.getMessage(), cause);
    }

    static LockNotAcquiredException closed(String name) {
        return new LockNotAcquiredException(
                "The lock '" + name + "' cannot be acquired: the application is being stopped", null);
    }
}
