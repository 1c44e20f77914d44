package io.quorate.app.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/** ZooKeeper's own Java client. */
final class StockSession implements WriteSession {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int ANY_VERSION = -1;

    private final ZooKeeper client;
    private final String path;
    private final byte[] value;

    StockSession(List<InetSocketAddress> servers, String path, byte[] value) throws IOException {
        this.path = path;
        this.value = value;
        String list = servers.stream()
                .map(server -> server.getHostString() + ":" + server.getPort())
                .collect(Collectors.joining(","));
        client = new ZooKeeper(list, TIMEOUT_MILLIS, event -> {});
        attempt(() -> {
            if (client.exists(path, false) == null) {
                client.create(path, value, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
        });
    }

    @Override
    public void write() throws IOException {
        attempt(() -> client.setData(path, value, ANY_VERSION));
    }

    private interface Action {
        void run() throws KeeperException, InterruptedException;
    }

    private static void attempt(Action action) throws IOException {
        try {
            action.run();
        } catch (KeeperException.SessionExpiredException expired) {
            throw new IllegalStateException("the session was lost", expired);
        } catch (KeeperException failed) {
            throw new IOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
