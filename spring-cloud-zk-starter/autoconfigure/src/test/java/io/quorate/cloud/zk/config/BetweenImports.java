package io.quorate.cloud.zk.config;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.boot.context.config.Profiles;

/** The import {@code between:}, which brings nothing: a test has something happen when it is its turn. */
final class BetweenImports {

    private static final AtomicReference<@Nullable Callable<?>> NEXT = new AtomicReference<>();

    private BetweenImports() {}

    /** Is run once, between the import behind this one, which is loaded before it, and the import before it. */
    static void next(Callable<?> action) {
        NEXT.set(action);
    }

    /** The only thing that can be imported. */
    static final class Turn extends ConfigDataResource {}

    /** Resolves together with imports that depend on profiles. */
    static final class Resolver implements ConfigDataLocationResolver<Turn> {

        @Override
        public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
            return location.hasPrefix("between:");
        }

        @Override
        public List<Turn> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
            return List.of();
        }

        @Override
        public List<Turn> resolveProfileSpecific(
                ConfigDataLocationResolverContext context, ConfigDataLocation location, Profiles profiles) {
            return List.of(new Turn());
        }
    }

    /** Runs what the test has asked for. */
    static final class Loader implements ConfigDataLoader<Turn> {

        @Override
        public ConfigData load(ConfigDataLoaderContext context, Turn resource) {
            Callable<?> action = NEXT.getAndSet(null);
            if (action != null) {
                try {
                    action.call();
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            }
            return ConfigData.EMPTY;
        }
    }
}
