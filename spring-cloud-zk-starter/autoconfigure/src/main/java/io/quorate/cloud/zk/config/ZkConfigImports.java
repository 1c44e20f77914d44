package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.ImportedZkClient;
import io.quorate.cloud.zk.ZkClientHandle;
import io.quorate.cloud.zk.config.content.ContextContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/**
 * What an application has imported: from which servers, which contexts, and what of them its environment has. There is
 * one in the bootstrap context of each application, also of one that has imported nothing yet, since a refresh may be
 * the first to; refreshes find it there again, and it is a bean as well. Thread-safe.
 */
public final class ZkConfigImports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ZkConfigImports.class);
    private static final String BEAN_NAME = "zkConfigImports";
    private static final String CLIENT_BEAN_NAME = "importedZkClient";

    private final Map<String, ImportedServers> servers = new LinkedHashMap<>();
    private final Map<Import, ResolvedImport> imports = new HashMap<>();
    private final AtomicBoolean warned = new AtomicBoolean();
    private boolean noted;
    private boolean starting = true;
    /** Whether a refresh under way has imports that were not there before. Guarded by the imports. */
    private boolean added;
    /** What the environment in the making has asked for. Guarded by the imports. */
    private final Set<ImportedContext> asked = new HashSet<>();
    /** Whether that environment has asked for everything. Guarded by the imports. */
    private boolean complete;

    private volatile Runnable onAddition = () -> {};

    ZkConfigImports() {}

    /** An import as it was written, for the profiles that were accepted. */
    record Import(String location, List<String> profiles) {}

    /**
     * A context that is imported, for people to look at; values are not shown.
     *
     * @param servers the servers it comes from
     * @param path absolute path of its znode
     * @param read whether it could be read at least once
     * @param maxMzxid newest transaction that the environment has of it, 0 if there is none
     * @param keys names of its properties, sorted
     */
    public record Described(String servers, String path, boolean read, long maxMzxid, Set<String> keys) {}

    /** Gives an application its imports, and these over to its context when there is one. */
    static void register(BootstrapRegistry registry) {
        if (!registry.isRegistered(ZkConfigImports.class)) {
            registry.register(ZkConfigImports.class, InstanceSupplier.of(new ZkConfigImports()));
            registry.addCloseListener(ZkConfigImports::handOver);
        }
    }

    /** The imports of the application that is being started or refreshed. */
    static ZkConfigImports of(ConfigurableBootstrapContext bootstrap) {
        register(bootstrap);
        return bootstrap.get(ZkConfigImports.class);
    }

    /** Notes that there is an import, whatever it stands for. */
    synchronized void note() {
        noted = true;
    }

    /** Whether there was ever an import. */
    synchronized boolean noted() {
        return noted;
    }

    /** All contexts, in the order in which they were imported. */
    public List<Described> contexts() {
        List<Described> result = new ArrayList<>();
        for (ImportedServers each : servers()) {
            for (ImportedContext context : each.contexts()) {
                result.add(describe(each, context));
            }
        }
        return result;
    }

    private static Described describe(ImportedServers servers, ImportedContext context) {
        ContextContent content = context.applied().orElse(null);
        if (content == null) {
            return new Described(servers.connectString(), context.context().path(), false, 0, Set.of());
        }
        Set<String> keys = new TreeSet<>();
        content.parts().forEach(part -> keys.addAll(part.properties().keySet()));
        return new Described(
                servers.connectString(),
                context.context().path(),
                true,
                content.snapshot().maxMzxid(),
                keys);
    }

    synchronized List<ImportedServers> servers() {
        return List.copyOf(servers.values());
    }

    /** The servers of that connect string; the first ones that are asked for are the application's own. */
    synchronized ImportedServers servers(String connectString, Function<String, ZkClientHandle> opener) {
        ImportedServers known = servers.get(connectString);
        if (known == null) {
            known = new ImportedServers(
                    connectString, servers.isEmpty(), new ImportedZkClient(opener.apply(connectString)));
            servers.put(connectString, known);
        }
        return known;
    }

    /**
     * What an import stands for. It stays what it was at the start: the environment of a refresh ranks its sources
     * otherwise, and so may have other servers or another name.
     */
    ResolvedImport resolved(Import written, Supplier<ResolvedImport> resolution) {
        synchronized (imports) {
            ResolvedImport known = imports.get(written);
            if (known == null && !starting()) {
                known = imports.entrySet().stream()
                        .filter(each -> each.getKey().location().equals(written.location()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
            }
            if (known == null) {
                known = resolution.get();
                imports.put(written, known);
                added |= !starting();
            }
            asked.addAll(known.contexts());
            return known;
        }
    }

    /** An environment is about to be made. */
    void beginEnvironment() {
        synchronized (imports) {
            asked.clear();
            complete = false;
        }
    }

    /** An environment has been made: it asks for no more imports. */
    void endEnvironment() {
        synchronized (imports) {
            complete = true;
        }
    }

    /** Has {@code listener} told, and nobody else, when a refresh has brought imports that were not there before. */
    void onAddition(Runnable listener) {
        onAddition = listener;
    }

    /** Whether the application context does not exist yet, so that there is something to wait for. */
    synchronized boolean starting() {
        return starting;
    }

    /** The context takes over: it is what closes the clients, also when its start fails. */
    private static void handOver(BootstrapContextClosedEvent event) {
        event.getBootstrapContext().get(ZkConfigImports.class).handOver(event.getApplicationContext());
    }

    private synchronized void handOver(ConfigurableApplicationContext context) {
        starting = false;
        apply();
        context.addApplicationListener(new RefreshedEnvironment());
        DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
        // What is registered first is destroyed last: nothing that uses a client outlives it.
        if (!servers.isEmpty()) {
            ImportedZkClient first = servers.values().iterator().next().client();
            beans.registerSingleton(CLIENT_BEAN_NAME, first);
            beans.registerDisposableBean(CLIENT_BEAN_NAME, first::close);
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "zookeeperConfigData",
                            Map.of(ZkConfigProperties.PREFIX + ".property-source-contexts", contextNames())));
            warnOfLoggedValues();
        }
        beans.registerSingleton(BEAN_NAME, this);
        beans.registerDisposableBean(BEAN_NAME, this::close);
    }

    private void warnOfLoggedValues() {
        if (warned.compareAndSet(false, true)) {
            LoggedValues.warn();
        }
    }

    /** The application has the environment that was prepared last. */
    private void apply() {
        servers().forEach(each -> each.contexts().forEach(ImportedContext::apply));
    }

    /** Contexts that the refresh has left out, or brought back. */
    private void settle() {
        Set<ImportedContext> present;
        synchronized (imports) {
            if (!complete) {
                return;
            }
            complete = false;
            present = Set.copyOf(asked);
        }
        servers()
                .forEach(each -> each.contexts().forEach(context -> {
                    if (context.follow(present.contains(context)) && !context.followed()) {
                        LOG.info(
                                "The context {} is imported no longer. Its values stay until the next start.", context);
                    }
                }));
    }

    private boolean takeAdded() {
        synchronized (imports) {
            boolean taken = added;
            added = false;
            return taken;
        }
    }

    /**
     * Hears that a refresh has given the application its environment, before anybody who may fail on it. A refresh that
     * fails earlier has changed nothing, whatever was read for it.
     */
    private final class RefreshedEnvironment implements ApplicationListener<EnvironmentChangeEvent>, Ordered {

        @Override
        public void onApplicationEvent(EnvironmentChangeEvent event) {
            apply();
            settle();
            if (takeAdded()) {
                warnOfLoggedValues();
                onAddition.run();
            }
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    private List<String> contextNames() {
        return servers.values().stream()
                .flatMap(each -> each.contexts().stream())
                .map(context -> context.context().name())
                .toList();
    }

    /** Closes all clients. */
    @Override
    public void close() {
        servers().forEach(each -> each.client().close());
    }
}
