package io.quorate.cloud.zk.autoconfigure;

import java.util.function.BooleanSupplier;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;

/** Whether a probe of a health group would be answered without an error. */
final class HealthGroup implements BooleanSupplier {

    private static final int FIRST_ERROR = 400;

    private final HealthEndpoint health;
    private final HealthEndpointGroup group;
    private final String name;

    HealthGroup(HealthEndpoint health, HealthEndpointGroup group, String name) {
        this.health = health;
        this.group = group;
        this.name = name;
    }

    @Override
    public boolean getAsBoolean() {
        HealthDescriptor found = health.healthForPath(name);
        // A group without any contributor that is present has nothing to say.
        return found == null || group.getHttpCodeStatusMapper().getStatusCode(found.getStatus()) < FIRST_ERROR;
    }
}
