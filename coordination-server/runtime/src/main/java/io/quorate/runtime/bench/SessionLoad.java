package io.quorate.runtime.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/** Opens and closes sessions on several connections at a time. */
final class SessionLoad {

    private static final long POLL_MILLIS = 100;

    private final List<InetSocketAddress> servers;
    private final int connections;

    SessionLoad(List<InetSocketAddress> servers, int connections) {
        this.servers = servers;
        this.connections = connections;
    }

    LoadResult run(long warmUpNanos, long measureNanos) throws IOException {
        Tally tally = new Tally();
        List<SessionChurn> churns = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SessionChurn churn = new SessionChurn(servers.get(i % servers.size()), selector, tally);
                churns.add(churn);
                churn.connect();
            }
            long start = System.nanoTime();
            until(selector, start + warmUpNanos);
            tally.begin(System.nanoTime());
            until(selector, start + warmUpNanos + measureNanos);
            return tally.end(System.nanoTime());
        } finally {
            for (SessionChurn churn : churns) {
                churn.close();
            }
        }
    }

    private static void until(Selector selector, long endNanos) throws IOException {
        while (System.nanoTime() < endNanos) {
            selector.select(SessionLoad::ready, POLL_MILLIS);
        }
    }

    private static void ready(SelectionKey key) {
        try {
            ((SessionChurn) key.attachment()).ready(key);
        } catch (IOException failed) {
            throw new UncheckedIOException("a connection failed while its session was opened or closed", failed);
        }
    }
}
