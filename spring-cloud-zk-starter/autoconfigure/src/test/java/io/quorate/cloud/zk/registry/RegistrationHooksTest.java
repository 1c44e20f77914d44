package io.quorate.cloud.zk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;

final class RegistrationHooksTest {

    private final ZkRegistration registration = ZkRegistration.builder()
            .serviceName("orders")
            .instanceId("5b0f-c1")
            .address("host-1")
            .build();
    private final List<String> called = new ArrayList<>();

    /** Whose class is gone when the process ends. */
    private final class Failing implements RegistrationLifecycle<ZkRegistration> {

        @Override
        public void postProcessBeforeStartRegister(ZkRegistration registered) {
            called.add("before start");
        }

        @Override
        public void postProcessAfterStartRegister(ZkRegistration registered) {
            called.add("after start");
        }

        @Override
        public void postProcessBeforeStopRegister(ZkRegistration registered) {
            called.add("before stop");
            throw new NoClassDefFoundError("on purpose");
        }

        @Override
        public void postProcessAfterStopRegister(ZkRegistration registered) {
            called.add("after stop");
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void aHookThatFailsDoesNotKeepTheInstanceRegistered() {
        RegistrationHooks hooks = new RegistrationHooks(List.of(new Failing(), new Failing()), event -> {});
        hooks.beforeDeregister(registration);
        hooks.afterDeregister(registration);
        assertThat(called).containsExactly("before stop", "before stop", "after stop", "after stop");
    }
}
