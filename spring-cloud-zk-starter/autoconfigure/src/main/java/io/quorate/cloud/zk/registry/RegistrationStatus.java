package io.quorate.cloud.zk.registry;

import org.jspecify.annotations.Nullable;

/**
 * A registration at one moment.
 *
 * @param service that is registered
 * @param state of its node
 * @param path of its node; null while there is none
 * @param problem what prevents the registration, for people; null for nothing
 * @param recreations how often the node was created again
 */
public record RegistrationStatus(
        String service,
        RegistrationState state,
        @Nullable String path,
        @Nullable String problem,
        long recreations) {}
