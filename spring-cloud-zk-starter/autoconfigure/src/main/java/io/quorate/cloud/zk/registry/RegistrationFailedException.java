package io.quorate.cloud.zk.registry;

/** The first registration failed, and the application must not start without it. */
public final class RegistrationFailedException extends RuntimeException {

    RegistrationFailedException(ZkRegistration registration, Throwable cause) {
        super(registration + " was not registered: " + cause, cause);
    }
}
