package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.ZkAccessDeniedException;
import io.quorate.cloud.zk.ZkConnectException;
import io.quorate.cloud.zk.config.content.ContextContent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.zookeeper.KeeperException.NoAuthException;

/**
 * One import while an environment is being prepared, at the start or in a refresh: the first of its contexts that is
 * loaded loads all of them, so that they are of one moment. One thread at a time.
 */
final class ImportPass {

    /** Refreshes use a thread that others use too. */
    private static final Duration LONGEST_WAIT_OF_REFRESH = Duration.ofSeconds(5);

    private final ZkConfigImports imports;
    private final ImportedServers servers;
    private final List<ImportedContext> contexts;
    private final ImportSettings settings;
    /** Contexts that this environment has already, from this import or another one. */
    private final Set<ImportedContext> prepared;

    private final Log log;
    private boolean loaded;

    /** @param prepared shared by all imports of one environment, so that each context is read once for it */
    ImportPass(ZkConfigImports imports, ResolvedImport resolved, Set<ImportedContext> prepared, Log log) {
        this.imports = imports;
        this.servers = resolved.servers();
        this.contexts = resolved.contexts();
        this.settings = resolved.settings();
        this.prepared = prepared;
        this.log = log;
    }

    String location() {
        return settings.location();
    }

    boolean optional() {
        return settings.optional();
    }

    /**
     * The property sources of a context.
     *
     * @throws ConfigImportException if the import is not optional and cannot be read, and there is no earlier content
     * @throws io.quorate.cloud.zk.config.content.MalformedConfigException if a document cannot be parsed
     */
    List<ContextContent.Part> load(ImportedContext context) {
        if (!loaded) {
            try {
                loadAll();
            } catch (RuntimeException failed) {
                if (imports.starting()) {
                    // There is no context that would close the clients.
                    imports.close();
                }
                throw failed;
            }
            loaded = true;
        }
        return context.parts();
    }

    private void loadAll() {
        Map<ImportedContext, ContextContent> content = new LinkedHashMap<>();
        List<ImportedContext> missing = contexts.stream()
                .distinct()
                .filter(context -> !prepared.contains(context))
                .toList();
        missing.forEach(ImportedContext::beginPreparation);
        missing.forEach(context -> context.offered().ifPresent(offer -> content.put(context, offer)));
        List<ImportedContext> unread = missing.stream()
                .filter(context -> !content.containsKey(context))
                .toList();
        if (!unread.isEmpty()) {
            content.putAll(read(unread));
        }
        // Only now, so that an offer outlives a pass that fails.
        content.forEach((context, next) -> {
            context.prepare(next);
            next.warnings().forEach(log::warn);
        });
        prepared.addAll(missing);
    }

    private Map<ImportedContext, ContextContent> read(List<ImportedContext> unread) {
        try {
            return imports.starting() && !settings.optional()
                    ? new StartRetry(settings.retry(), log).call(() -> readConnected(unread))
                    : readConnected(unread);
        } catch (ZkConnectException | UnreadableConfigException | ZkAccessDeniedException failed) {
            if (!(failed instanceof ZkAccessDeniedException)) {
                servers.foundUnreachable();
            }
            return withoutServer(unread, failed);
        }
    }

    private Map<ImportedContext, ContextContent> readConnected(List<ImportedContext> unread) {
        servers.client().handle().requireConnected(connectionWait());
        servers.foundReachable();
        SnapshotReader reader = new SnapshotReader(servers.requests(), settings.readDeadline(), null);
        Map<ImportedContext, ContextContent> content = new LinkedHashMap<>();
        reader.readLatest(unread).forEach((context, reading) -> {
            reading.denied().ifPresent(denied -> denied(context, denied));
            reading.snapshot().ifPresent(snapshot -> content.put(context, context.parse(snapshot)));
        });
        return content;
    }

    /** The start waits, and so does a refresh for servers that it is the first to name, but nobody in vain twice. */
    private Duration connectionWait() {
        return switch (servers.contact()) {
            case IN_VAIN -> Duration.ZERO;
            case REACHED -> imports.starting() ? settings.startupWait() : Duration.ZERO;
            case NONE ->
                imports.starting() || settings.startupWait().compareTo(LONGEST_WAIT_OF_REFRESH) < 0
                        ? settings.startupWait()
                        : LONGEST_WAIT_OF_REFRESH;
        };
    }

    /** A context that must not be read leaves an optional import, and what was read once, as they are. */
    private void denied(ImportedContext context, NoAuthException denied) {
        if (!settings.optional() && context.applied().isEmpty()) {
            throw new ZkAccessDeniedException(denied.getPath(), "read", settings.authSchemes(), denied);
        }
        log.warn("The server does not allow to read " + denied.getPath() + "; the context " + context
                + (context.applied().isPresent() ? " stays as it was read last." : " is left out."));
    }

    private Map<ImportedContext, ContextContent> withoutServer(List<ImportedContext> unread, RuntimeException failed) {
        boolean allKnown = unread.stream().allMatch(context -> context.applied().isPresent());
        if (!allKnown && !settings.optional() && imports.starting()) {
            throw new ConfigImportException(location(), failed);
        }
        log.warn("Configuration cannot be read at present: " + failed.getMessage() + ". "
                + (allKnown
                        ? "It stays as it was read last."
                        : "The application goes on without it, and takes it as soon as it can be read."));
        return Map.of();
    }
}
