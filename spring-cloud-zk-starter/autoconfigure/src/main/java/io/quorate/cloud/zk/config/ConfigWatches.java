package io.quorate.cloud.zk.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A watch for all servers that are imported from, those included that a refresh has added. Thread-safe. */
final class ConfigWatches {

    private final ZkConfigImports imports;
    private final Function<ImportedServers, ServersWatch> maker;
    private final Map<ImportedServers, ServersWatch> watches = new LinkedHashMap<>();
    private boolean ended;

    ConfigWatches(ZkConfigImports imports, Function<ImportedServers, ServersWatch> maker) {
        this.imports = imports;
        this.maker = maker;
    }

    /** One for each of the servers that are known by now, started. */
    synchronized List<ServersWatch> present() {
        if (!ended) {
            imports.servers().forEach(servers -> watches.computeIfAbsent(servers, this::started));
        }
        return List.copyOf(watches.values());
    }

    private ServersWatch started(ImportedServers servers) {
        ServersWatch watch = maker.apply(servers);
        watch.start();
        return watch;
    }

    /** Ends all watches; there are no others from now on. */
    synchronized void stop() {
        ended = true;
        watches.values().forEach(ServersWatch::stop);
    }
}
