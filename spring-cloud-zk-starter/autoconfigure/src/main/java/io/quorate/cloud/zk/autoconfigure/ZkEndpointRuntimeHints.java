package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.actuate.ConnectionSection;
import io.quorate.cloud.zk.actuate.LeaderSection;
import io.quorate.cloud.zk.config.ZkConfigImports;
import io.quorate.cloud.zk.discovery.CatalogStatus;
import io.quorate.cloud.zk.lock.HeldLockStatus;
import io.quorate.cloud.zk.registry.RegistrationStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Lets native images write what the endpoint shows, which its signature does not tell. */
final class ZkEndpointRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        new BindingReflectionHintsRegistrar()
                .registerReflectionHints(
                        hints.reflection(),
                        ConnectionSection.Connection.class,
                        LeaderSection.Role.class,
                        HeldLockStatus.class,
                        RegistrationStatus.class,
                        CatalogStatus.class,
                        ZkConfigImports.Described.class);
    }
}
