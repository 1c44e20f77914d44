package io.quorate.cloud.zk.lock;

import org.jspecify.annotations.Nullable;

/** Sees every attempt to take a lock. */
@FunctionalInterface
public interface LockAcquisitionObserver {

    /** Sees nothing. */
    LockAcquisitionObserver NONE = lock -> (outcome, failure) -> {};

    /** An attempt begins, on the thread that waits. */
    Observed begin(String lock);

    /** One attempt. */
    @FunctionalInterface
    interface Observed {

        /**
         * It has ended.
         *
         * @param failure why, when it ended with an error
         */
        void end(Outcome outcome, @Nullable Throwable failure);
    }

    /** How an attempt ends. */
    enum Outcome {
        ACQUIRED,
        /** The lock was not free in time, or there was no connection. */
        TIMEOUT,
        INTERRUPTED,
        ERROR
    }
}
