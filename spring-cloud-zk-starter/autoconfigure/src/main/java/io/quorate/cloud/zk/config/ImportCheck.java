package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.ZkClientProperties;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Finds imports that were meant and are not there: properties that say where configuration lies have no effect without
 * one. An application that says nothing of configuration need not import any. Also warns if the import prefix is left
 * to Spring Cloud Zookeeper.
 */
public final class ImportCheck implements EnvironmentPostProcessor, Ordered {

    private static final Set<String> SAYING_WHERE = Set.of(
            "root",
            "name",
            "default-context",
            "profile-separator",
            "fail-fast",
            "format",
            "data-key",
            "key-prefix",
            "retry");

    private final Log log;
    private final ConfigurableBootstrapContext bootstrap;

    public ImportCheck(DeferredLogFactory logs, ConfigurableBootstrapContext bootstrap) {
        this.log = logs.getLog(ImportCheck.class);
        this.bootstrap = bootstrap;
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1000;
    }

    /** @throws MissingImportException if an import seems to be forgotten */
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        ZkConfigImports.of(bootstrap).endEnvironment();
        if (SpringCloudZookeeper.present(getClass().getClassLoader())) {
            warnOnce();
            return;
        }
        Binder binder = Binder.get(environment);
        Set<String> said =
                new TreeSet<>(binder.bind(ZkConfigProperties.PREFIX, Bindable.mapOf(String.class, Object.class))
                        .orElse(Map.of())
                        .keySet());
        said.retainAll(SAYING_WHERE);
        if (said.isEmpty() || ZkConfigImports.of(bootstrap).noted()) {
            return;
        }
        ZkConfigProperties config = binder.bindOrCreate(ZkConfigProperties.PREFIX, ZkConfigProperties.class);
        boolean enabled = binder.bindOrCreate("spring.cloud.zookeeper", ZkClientProperties.class)
                .enabled();
        if (enabled && config.enabled() && config.importCheck().enabled()) {
            throw new MissingImportException(said);
        }
    }

    private void warnOnce() {
        if (!bootstrap.isRegistered(Warned.class)) {
            bootstrap.register(Warned.class, InstanceSupplier.of(new Warned()));
            SpringCloudZookeeper.jar(getClass().getClassLoader())
                    .ifPresent(jar ->
                            log.warn("Imports of 'zookeeper:' are left to Spring Cloud Zookeeper, which is on the"
                                    + " class path as well. Remove " + jar + ", or write 'zk:' and set "
                                    + ZkConfigProperties.PREFIX
                                    + ".import-check.enabled=false, since its check does not know"
                                    + " that prefix."));
        }
    }

    /** Notes in the bootstrap context, which outlives refreshes, that the warning was given. */
    private static final class Warned {}
}
