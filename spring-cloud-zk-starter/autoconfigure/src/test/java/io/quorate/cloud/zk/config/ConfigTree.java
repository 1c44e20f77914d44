package io.quorate.cloud.zk.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;

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

    /** Overwrites nodes that are there, all in one transaction. */
    ConfigTree putTogether(Map<String, String> values) throws Exception {
        List<CuratorOp> writes = new ArrayList<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            writes.add(client.transactionOp()
                    .setData()
                    .forPath("/config/" + value.getKey(), value.getValue().getBytes(StandardCharsets.UTF_8)));
        }
        client.transaction().forOperations(writes);
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
