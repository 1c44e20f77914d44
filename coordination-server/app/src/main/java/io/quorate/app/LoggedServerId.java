package io.quorate.app;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Finds the id for {@code [myid:N]} in log lines before there is a log: log shippers tell servers apart by it. */
public final class LoggedServerId implements EnvironmentPostProcessor, Ordered {

    static final String PROPERTY = "quorate.logged-server-id";
    /** As ZooKeeper writes it; a dash behind the colon would be read as a default value by the log pattern. */
    private static final String UNKNOWN = "";
    /** Behind the settings taken over from ZooKeeper. */
    private static final int ORDER = ConfigDataEnvironmentPostProcessor.ORDER + 2;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("logged server id", Map.of(PROPERTY, find(environment))));
    }

    /** A configuration that makes no sense is reported when it is bound, which comes right after this. */
    private static String find(ConfigurableEnvironment environment) {
        Binder binder = Binder.get(environment);
        String dataDir =
                binder.bind("coordination.data-dir", String.class).orElse(CoordinationProperties.DEFAULT_DATA_DIR);
        String configured = binder.bind("coordination.server-id", String.class).orElse("");
        if (!configured.isEmpty()) {
            return configured;
        }
        try {
            return Integer.toString(new ServerIdentity(Path.of(dataDir), null).resolve());
        } catch (RuntimeException reportedLater) {
            return UNKNOWN;
        }
    }
}
