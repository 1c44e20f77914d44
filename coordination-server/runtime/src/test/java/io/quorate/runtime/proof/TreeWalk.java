package io.quorate.runtime.proof;

import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Node;
import io.quorate.runtime.kit.wire.Op;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a client can read of a tree. */
final class TreeWalk {

    /** The data, the stat, the access list and the sorted children of one node, in writing. */
    private final Map<String, String> nodes = new TreeMap<>();

    private final Deque<String> toVisit = new ArrayDeque<>();
    private final Pipeline pipeline;

    private TreeWalk(KitSession session) {
        pipeline = new Pipeline(session);
    }

    /** By path. */
    static Map<String, String> of(KitSession session) {
        TreeWalk walk = new TreeWalk(session);
        walk.toVisit.add("/");
        while (!walk.toVisit.isEmpty()) {
            while (!walk.toVisit.isEmpty()) {
                walk.visit(walk.toVisit.remove());
            }
            walk.pipeline.finish();
        }
        return walk.nodes;
    }

    private void visit(String path) {
        StringBuilder text = new StringBuilder();
        pipeline.send(Op.GET_DATA, Bodies.read(path, false), reply -> {
            Node.Data data = reply.data();
            byte[] bytes = data.bytes();
            String content = bytes == null ? "null" : bytes.length + " bytes, hash " + Arrays.hashCode(bytes);
            text.append(content).append(' ').append(data.stat());
        });
        pipeline.send(
                Op.GET_ACL,
                Bodies.path(path),
                reply -> text.append(' ').append(reply.acls().entries()));
        pipeline.send(Op.GET_CHILDREN, Bodies.read(path, false), reply -> {
            List<String> children = reply.children().stream().sorted().toList();
            for (String child : children) {
                toVisit.add(path.equals("/") ? "/" + child : path + "/" + child);
            }
            nodes.put(path, text.append(' ').append(children.size()).toString());
        });
    }
}
