package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.config.ZkConfigProperties;
import io.quorate.cloud.zk.embedded.ZkEmbeddedProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/** For native images: properties that are bound before there are beans. */
final class ZkConfigRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        BindableRuntimeHintsRegistrar.forTypes(
                        ZkClientProperties.class,
                        ZkConfigProperties.class,
                        ZkEmbeddedProperties.class,
                        SslProperties.class)
                .registerHints(hints);
    }
}
