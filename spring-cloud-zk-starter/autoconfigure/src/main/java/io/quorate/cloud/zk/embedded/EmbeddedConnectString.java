package io.quorate.cloud.zk.embedded;

import io.quorate.cloud.zk.ZkClientProperties;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the server inside the application if an import has not done so, and lets the connect string name it, whoever
 * reads it.
 */
public final class EmbeddedConnectString implements EnvironmentPostProcessor, Ordered {

    private static final String PREFIX = "spring.cloud.zookeeper";

    private final ConfigurableBootstrapContext bootstrap;

    public EmbeddedConnectString(ConfigurableBootstrapContext bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** When all files have been read. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Binder binder = Binder.get(environment);
        ZkClientProperties client = binder.bindOrCreate(PREFIX, ZkClientProperties.class);
        if (!client.enabled()) {
            return;
        }
        String connectString = ApplicationServer.of(bootstrap).connectString(binder, client.connectString());
        if (connectString != null) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "zkEmbeddedServer", Map.of(PREFIX + ".connect-string", connectString)));
        }
    }
}
