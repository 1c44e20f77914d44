package io.quorate.cloud.zk.registry;

/** Changes what this application registers, after all properties were applied. A bean. */
@FunctionalInterface
public interface RegistrationCustomizer {

    /** Called once, before the registration is built. */
    void customize(ZkRegistration.Builder builder);
}
