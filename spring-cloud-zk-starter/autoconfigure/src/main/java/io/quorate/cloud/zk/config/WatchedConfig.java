package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.config.content.ContextContent;
import io.quorate.cloud.zk.config.content.MalformedConfigException;
import io.quorate.cloud.zk.config.refresh.Comparison;
import io.quorate.cloud.zk.config.refresh.Difference;
import io.quorate.cloud.zk.config.refresh.LiveConfig;
import io.quorate.cloud.zk.config.refresh.RefreshObserver;
import io.quorate.cloud.zk.config.refresh.RefreshOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.zookeeper.KeeperException.NoAuthException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All imported contexts as their servers have them. A context that must not be read any more, or whose document became
 * malformed, stays as the environment has it, and there is one message about it until it changes. Used on one lane.
 */
final class WatchedConfig implements LiveConfig {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedConfig.class);

    private final ZkConfigImports imports;
    private final ConfigWatches watches;
    private final RefreshObserver observer;

    /** @param observer hears of malformed documents, once of each */
    WatchedConfig(ZkConfigImports imports, ConfigWatches watches, RefreshObserver observer) {
        this.imports = imports;
        this.watches = watches;
        this.observer = observer;
    }

    @Override
    public Comparison compare() {
        Map<ImportedContext, ContextContent> present = new LinkedHashMap<>();
        boolean complete = true;
        for (ServersWatch watch : watches.present()) {
            try {
                watch.read()
                        .forEach((context, reading) ->
                                parsed(context, reading).ifPresent(content -> present.put(context, content)));
            } catch (UnreadableConfigException unreadable) {
                complete = false;
                LOG.debug("Configuration cannot be compared at present: {}", unreadable.getMessage());
            }
        }
        return new Comparison(difference(present), complete);
    }

    private Optional<Difference> difference(Map<ImportedContext, ContextContent> present) {
        boolean mended =
                present.entrySet().stream().anyMatch(each -> each.getKey().differsFromRefused(each.getValue()));
        if (mended) {
            // Contexts that were refused together may have been so for the sake of one of them.
            allContexts().forEach(ImportedContext::pardon);
        }
        Map<ImportedContext, ContextContent> changed = new LinkedHashMap<>();
        Set<String> keys = new TreeSet<>();
        present.forEach((context, content) -> {
            Set<String> difference = context.differenceTo(content);
            if (!difference.isEmpty()) {
                changed.put(context, content);
                keys.addAll(difference);
            }
        });
        return changed.isEmpty() ? Optional.empty() : Optional.of(new Changes(changed, keys));
    }

    private Optional<ContextContent> parsed(ImportedContext context, SnapshotReader.Reading reading) {
        if (reading.snapshot().isEmpty()) {
            reading.denied().ifPresent(denied -> denied(context, denied));
            return Optional.empty();
        }
        try {
            ContextContent content = context.parse(reading.snapshot().get());
            context.complains(null);
            return Optional.of(content);
        } catch (MalformedConfigException malformed) {
            if (context.complains(reading.snapshot().get())) {
                LOG.error("{}. The context {} stays as it was before.", malformed.getMessage(), context);
                observer.begin(Set.of()).end(RefreshOutcome.MALFORMED);
            }
            return Optional.empty();
        }
    }

    private static void denied(ImportedContext context, NoAuthException denied) {
        if (context.complains(denied.getPath())) {
            LOG.warn(
                    "The server does not allow to read {}; the context {} stays as it was before.",
                    denied.getPath(),
                    context);
        }
    }

    /** What a refresh asks for. */
    private List<ImportedContext> allContexts() {
        return imports.servers().stream()
                .flatMap(servers -> servers.followedContexts().stream())
                .toList();
    }

    /** New content of some contexts. All others are offered as they are: a refresh shall bring this change alone. */
    private final class Changes implements Difference {

        private final Map<ImportedContext, ContextContent> content;
        private final Set<String> keys;

        Changes(Map<ImportedContext, ContextContent> content, Set<String> keys) {
            this.content = content;
            this.keys = keys;
        }

        @Override
        public Set<String> keys() {
            return keys;
        }

        @Override
        public void offer() {
            content.forEach(ImportedContext::offer);
            allContexts().forEach(ImportedContext::offerUnchanged);
        }

        @Override
        public boolean taken() {
            return content.keySet().stream()
                    .allMatch(context -> context.offered().isEmpty());
        }

        @Override
        public void withdraw() {
            allContexts().forEach(ImportedContext::withdraw);
        }

        @Override
        public void refuse() {
            content.keySet().forEach(ImportedContext::refuse);
            allContexts().forEach(ImportedContext::offerUnchanged);
        }
    }
}
