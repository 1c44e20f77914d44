package io.quorate.cloud.zk.registry;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.discovery.event.InstancePreRegisteredEvent;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.cloud.client.serviceregistry.RegistrationManagementLifecycle;
import org.springframework.context.ApplicationEventPublisher;

/** What others want to do around the registration. A hook that fails before it prevents it; later ones are logged. */
public final class RegistrationHooks {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrationHooks.class);

    private final List<RegistrationLifecycle<ZkRegistration>> lifecycles;
    private final ApplicationEventPublisher events;

    /** @param lifecycles in their order */
    public RegistrationHooks(List<RegistrationLifecycle<ZkRegistration>> lifecycles, ApplicationEventPublisher events) {
        this.lifecycles = List.copyOf(lifecycles);
        this.events = events;
    }

    void beforeRegister(ZkRegistration registration, boolean first) {
        if (first) {
            events.publishEvent(new InstancePreRegisteredEvent(this, registration));
        }
        lifecycles.forEach(hook -> hook.postProcessBeforeStartRegister(registration));
    }

    void afterRegister(ZkRegistration registration) {
        lifecycles.forEach(hook -> hook.postProcessAfterStartRegister(registration));
    }

    void beforeRegisterManagement(ZkRegistration registration) {
        ofManagement().forEach(hook -> hook.postProcessBeforeStartRegisterManagement(registration));
    }

    void afterRegisterManagement(ZkRegistration registration) {
        ofManagement().forEach(hook -> hook.postProcessAfterStartRegisterManagement(registration));
    }

    void beforeDeregisterManagement(ZkRegistration registration) {
        ofManagement().forEach(hook -> guarded(() -> hook.postProcessBeforeStopRegisterManagement(registration), hook));
    }

    void afterDeregisterManagement(ZkRegistration registration) {
        ofManagement().forEach(hook -> guarded(() -> hook.postProcessAfterStopRegisterManagement(registration), hook));
    }

    private List<RegistrationManagementLifecycle<ZkRegistration>> ofManagement() {
        List<RegistrationManagementLifecycle<ZkRegistration>> found = new ArrayList<>();
        for (RegistrationLifecycle<ZkRegistration> hook : lifecycles) {
            if (hook instanceof RegistrationManagementLifecycle<ZkRegistration> both) {
                found.add(both);
            }
        }
        return found;
    }

    void beforeDeregister(ZkRegistration registration) {
        lifecycles.forEach(hook -> guarded(() -> hook.postProcessBeforeStopRegister(registration), hook));
    }

    void afterDeregister(ZkRegistration registration) {
        lifecycles.forEach(hook -> guarded(() -> hook.postProcessAfterStopRegister(registration), hook));
    }

    private static void guarded(Runnable call, Object hook) {
        try {
            call.run();
        } catch (RuntimeException | Error failed) {
            // Errors as well: at the end of a process a class may not be there any more.
            LOG.error(
                    "{} failed; the removal of the registration goes on",
                    hook.getClass().getName(),
                    failed);
        }
    }
}
