package io.quorate.sample.proof;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.KeeperException;

/** What the servers know, seen by a client that is no part of the sample. */
final class Registry implements AutoCloseable {

    private static final int RETRY_MILLIS = 100;

    private final CuratorFramework client;

    Registry(String connectString) {
        client = CuratorFrameworkFactory.newClient(connectString, new RetryOneTime(RETRY_MILLIS));
        client.start();
    }

    /** How often an instance is registered. */
    int nodesOf(Application application) {
        String prefix = application.instanceId() + "-";
        return (int) children("/services/" + application.service()).stream()
                .filter(node -> node.startsWith(prefix))
                .count();
    }

    private List<String> children(String path) {
        try {
            return client.getChildren().forPath(path);
        } catch (KeeperException.NoNodeException none) {
            return List.of();
        } catch (Exception e) {
            throw new IllegalStateException(path, e);
        }
    }

    void write(String path, String value) {
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        try {
            client.create().orSetData().creatingParentsIfNeeded().forPath(path, data);
        } catch (Exception e) {
            throw new IllegalStateException(path, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
