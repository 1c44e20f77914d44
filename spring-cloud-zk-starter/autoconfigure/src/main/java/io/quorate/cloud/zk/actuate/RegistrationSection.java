package io.quorate.cloud.zk.actuate;

import io.quorate.cloud.zk.registry.RegistrationStatus;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import java.util.List;

/** What this application has registered. */
public final class RegistrationSection implements EndpointSection {

    private final ZkServiceRegistry registry;

    public RegistrationSection(ZkServiceRegistry registry) {
        this.registry = registry;
    }

    @Override
    public String name() {
        return "registrations";
    }

    @Override
    public List<RegistrationStatus> content() {
        return registry.statuses();
    }
}
