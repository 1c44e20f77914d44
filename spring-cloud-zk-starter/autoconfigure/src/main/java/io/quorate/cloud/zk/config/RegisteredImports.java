package io.quorate.cloud.zk.config;

import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistryInitializer;

/**
 * Gives every application its {@link ZkConfigImports} before it can import anything. They must be there when the
 * application context is made, even if a refresh is the first that imports.
 */
public final class RegisteredImports implements BootstrapRegistryInitializer {

    @Override
    public void initialize(BootstrapRegistry registry) {
        ZkConfigImports.register(registry);
    }
}
