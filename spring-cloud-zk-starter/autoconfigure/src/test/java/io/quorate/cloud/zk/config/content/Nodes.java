package io.quorate.cloud.zk.config.content;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** Snapshots for tests: a node has children if another one lies below it. */
public final class Nodes {

    private Nodes() {}

    /** Paths and values in turn; every node has {@code mzxid}. */
    public static ConfigSnapshot of(long mzxid, String... pathsAndValues) {
        TreeMap<String, ConfigNode> nodes = new TreeMap<>();
        TreeMap<String, String> values = new TreeMap<>();
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            values.put(pathsAndValues[i], pathsAndValues[i + 1]);
        }
        values.forEach((path, value) -> {
            boolean leaf = values.keySet().stream().noneMatch(other -> other.startsWith(path + "/"));
            nodes.put(path, new ConfigNode(mzxid, mzxid, value.getBytes(StandardCharsets.UTF_8), leaf));
        });
        return new ConfigSnapshot(nodes);
    }
}
