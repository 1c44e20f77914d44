package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.ZkClientCustomizer;
import io.quorate.cloud.zk.ZkClientFactory;
import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.config.content.ConfigContext;
import io.quorate.cloud.zk.config.content.ContextFormat;
import io.quorate.cloud.zk.embedded.ApplicationServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.Profiles;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;

/**
 * Resolves the imports {@code zookeeper:} and {@code zk:}. Contexts depend on profiles, so there is nothing to resolve
 * before those are known. Where Spring Cloud Zookeeper is present, {@code zookeeper:} is left to it.
 */
public final class ZkConfigDataLocationResolver implements ConfigDataLocationResolver<ZkConfigDataResource> {

    private static final String PREFIX = "zk:";
    private static final String SHARED_PREFIX = "zookeeper:";
    private static final String CLIENT_PREFIX = "spring.cloud.zookeeper";

    private final DeferredLogFactory logs;
    /** Boot makes a resolver for each environment that it prepares, at the start and in every refresh. */
    private final Set<ImportedContext> prepared = new HashSet<>();

    public ZkConfigDataLocationResolver(DeferredLogFactory logs, ConfigurableBootstrapContext bootstrap) {
        this.logs = logs;
        ZkConfigImports.of(bootstrap).beginEnvironment();
    }

    @Override
    public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return location.hasPrefix(PREFIX)
                || location.hasPrefix(SHARED_PREFIX)
                        && !SpringCloudZookeeper.present(getClass().getClassLoader());
    }

    /** Only notes that there is an import. */
    @Override
    public List<ZkConfigDataResource> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        ZkConfigImports.of(context.getBootstrapContext()).note();
        return List.of();
    }

    /** @throws MalformedImportException if the location does not follow the grammar */
    @Override
    public List<ZkConfigDataResource> resolveProfileSpecific(
            ConfigDataLocationResolverContext context, ConfigDataLocation location, Profiles profiles) {
        ZkConfigImports imports = ZkConfigImports.of(context.getBootstrapContext());
        Binder binder = context.getBinder();
        BindHandler handler = context.getBootstrapContext().getOrElse(BindHandler.class, BindHandler.DEFAULT);
        ZkClientProperties client = bind(binder, handler, CLIENT_PREFIX, ZkClientProperties.class);
        ZkConfigProperties config = bind(binder, handler, ZkConfigProperties.PREFIX, ZkConfigProperties.class);
        if (!client.enabled() || !config.enabled()) {
            return List.of(ZkConfigDataResource.nothing(location.getValue()));
        }
        ResolvedImport resolved =
                imports.resolved(new ZkConfigImports.Import(location.getValue(), profiles.getAccepted()), () -> {
                    ZkConfigLocation parsed = ZkConfigLocation.parse(location.getValue(), behindPrefix(location));
                    ImportedServers servers = imports.servers(
                            connectString(context.getBootstrapContext(), binder, parsed, client),
                            connectString -> factory(context.getBootstrapContext(), binder, client)
                                    .open(connectString));
                    ContextFormat format = config.format().with(config.dataKey(), config.keyPrefix());
                    List<ImportedContext> contexts = contexts(binder, parsed, config, profiles).stream()
                            .map(each -> servers.context(each, format))
                            .toList();
                    return new ResolvedImport(servers, contexts, settings(location, client, config));
                });
        ImportPass pass = new ImportPass(imports, resolved, prepared, logs.getLog(getClass()));
        return resolved.contexts().stream()
                .map(each -> ZkConfigDataResource.of(pass, each))
                .toList();
    }

    /** The server inside the application takes the place of all others. */
    private String connectString(
            ConfigurableBootstrapContext bootstrap,
            Binder binder,
            ZkConfigLocation location,
            ZkClientProperties client) {
        String named = location.servers().orElse(client.connectString());
        String embedded = ApplicationServer.of(bootstrap).connectString(binder, named);
        if (embedded != null && location.servers().isPresent()) {
            logs.getLog(getClass())
                    .info("Instead of " + named + " the server inside this application is imported from");
        }
        return embedded == null ? named : embedded;
    }

    private static ImportSettings settings(
            ConfigDataLocation location, ZkClientProperties client, ZkConfigProperties config) {
        return new ImportSettings(
                location.getValue(),
                location.isOptional() || !config.failFast(),
                client.effectiveStartupWait(),
                client.connectionTimeout(),
                client.auth().stream().map(ZkClientProperties.Auth::scheme).toList(),
                config.retry());
    }

    private static List<ConfigContext> contexts(
            Binder binder, ZkConfigLocation location, ZkConfigProperties config, Profiles profiles) {
        if (!location.contexts().isEmpty()) {
            return location.contexts().stream()
                    .map(context -> ConfigContext.of(context, false))
                    .toList();
        }
        String application =
                binder.bind("spring.application.name", String.class).orElse("application");
        return new ContextNames(config, application).of(profiles.getAccepted());
    }

    private static ZkClientFactory factory(
            ConfigurableBootstrapContext bootstrap, Binder binder, ZkClientProperties client) {
        List<ZkClientCustomizer> customizers = bootstrap.isRegistered(ZkClientCustomizer.class)
                ? List.of(bootstrap.get(ZkClientCustomizer.class))
                : List.of();
        return new ZkClientFactory(client, LocalSslBundles.of(binder), customizers);
    }

    private static String behindPrefix(ConfigDataLocation location) {
        return location.getNonPrefixedValue(location.hasPrefix(PREFIX) ? PREFIX : SHARED_PREFIX);
    }

    private static <T> T bind(Binder binder, BindHandler handler, String prefix, Class<T> type) {
        return binder.bindOrCreate(prefix, Bindable.of(type), handler);
    }
}
