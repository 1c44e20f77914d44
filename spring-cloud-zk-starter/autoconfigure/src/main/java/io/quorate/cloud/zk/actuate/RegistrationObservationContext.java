package io.quorate.cloud.zk.actuate;

import io.micrometer.observation.Observation;
import io.quorate.cloud.zk.registry.RegistrationObserver.Operation;

/** An attempt to create or remove the node of an instance of this application. */
public final class RegistrationObservationContext extends Observation.Context {

    private final Operation operation;
    private final String service;

    RegistrationObservationContext(Operation operation, String service) {
        this.operation = operation;
        this.service = service;
    }

    public Operation operation() {
        return operation;
    }

    /** Name that this application is registered under. */
    public String service() {
        return service;
    }
}
