package io.quorate.simulation.check;

import io.quorate.core.base.NodePath;
import io.quorate.core.snapshot.LoadedSnapshot;
import io.quorate.core.snapshot.OpenSession;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.ZNode;
import io.quorate.simulation.Violation;
import io.quorate.simulation.history.NodeStat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** S2 and S3: what a snapshot restores is what the model has at its zxid, node by node and session by session. */
final class StateComparison {

    private final ReferenceModel model;

    StateComparison(ReferenceModel model) {
        this.model = model;
    }

    void compare(LoadedSnapshot snapshot) {
        DataTree tree = snapshot.tree();
        String name = snapshot.file().name();
        for (Map.Entry<String, ModelNode> entry : model.nodes().entrySet()) {
            boolean system = entry.getKey().startsWith("/zookeeper");
            if (!system) {
                compare(name, entry.getKey(), entry.getValue(), tree);
            }
        }
        Violation.unless(
                tree.nodeCount() == model.nodes().size(),
                "S2",
                "%s has %d nodes instead of %d",
                name,
                tree.nodeCount(),
                model.nodes().size());
        TreeMap<Long, Integer> sessions = new TreeMap<>();
        for (OpenSession session : snapshot.sessions()) {
            sessions.put(session.id(), session.timeoutMillis());
        }
        Violation.unless(
                sessions.equals(model.sessions()),
                "S2",
                "%s has sessions %s, not %s",
                name,
                sessions,
                model.sessions());
    }

    private static void compare(String name, String path, ModelNode expected, DataTree tree) {
        ZNode node = tree.find(NodePath.of(path));
        Violation.unless(node != null, "S2", "%s lacks %s", name, path);
        byte[] data = expected.data == null ? null : expected.data.getBytes(StandardCharsets.UTF_8);
        NodeStat stat = expected.stat();
        boolean same = Arrays.equals(data, node.data())
                && node.version() == expected.version
                && node.cversion() == expected.creations
                && node.numChildren() == stat.numChildren()
                && node.czxid() == expected.czxid
                && node.mzxid() == expected.mzxid
                && node.pzxid() == expected.pzxid
                && node.mtime() == expected.mtime
                && (expected.container || node.owner() == expected.owner);
        Violation.unless(same, "S2", "%s has another %s: %s instead of %s", name, path, node, stat);
    }
}
