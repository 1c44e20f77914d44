package io.quorate.cloud.zk.registry;

import org.jspecify.annotations.Nullable;

/** Sees every attempt to create or remove the node of an instance. Called in the lane of the registration. */
@FunctionalInterface
public interface RegistrationObserver {

    /** Sees nothing. */
    RegistrationObserver NONE = (operation, service) -> failure -> {};

    /** An attempt begins. */
    Observed begin(Operation operation, String service);

    /** One attempt. */
    @FunctionalInterface
    interface Observed {

        /** It has ended; null for success. */
        void end(@Nullable Throwable failure);
    }

    /** What is attempted. */
    enum Operation {
        /** To create the node, or to find the one whose creation was not answered. */
        REGISTER,
        /** To remove it. */
        DEREGISTER
    }
}
