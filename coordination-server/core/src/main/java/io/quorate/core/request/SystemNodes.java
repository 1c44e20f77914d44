package io.quorate.core.request;

import io.quorate.core.base.NodePath;
import io.quorate.core.base.NodePathRules;
import java.util.List;

/** The nodes that every tree has and nobody may delete (client protocol 10.1). */
final class SystemNodes {

    private static final List<NodePath> UNDELETABLE = List.of(
            NodePath.ROOT,
            NodePath.of("/zookeeper"),
            NodePath.of("/zookeeper/quota"),
            NodePath.of("/zookeeper/config"));

    private SystemNodes() {}

    static boolean mayBeDeleted(NodePath path) {
        return NodePathRules.hasSlashAndNoNul(path) && !UNDELETABLE.contains(path);
    }
}
