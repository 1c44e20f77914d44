package io.quorate.cloud.zk.config;

import java.nio.charset.StandardCharsets;
import org.apache.curator.framework.CuratorFramework;

/** Configuration at the server, as an operator writes it. */
final class ConfigTree {

    private final CuratorFramework client;

    ConfigTree(CuratorFramework client) {
        this.client = client;
    }

    /** Creates or overwrites a node below {@code /config}. */
    ConfigTree put(String path, String value) throws Exception {
        client.create()
                .orSetData()
                .creatingParentsIfNeeded()
                .forPath("/config/" + path, value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    ConfigTree delete(String path) throws Exception {
        client.delete().deletingChildrenIfNeeded().forPath("/config/" + path);
        return this;
    }

    /** Removes everything. */
    void clear() throws Exception {
        if (client.checkExists().forPath("/config") != null) {
            client.delete().deletingChildrenIfNeeded().forPath("/config");
        }
    }
}
