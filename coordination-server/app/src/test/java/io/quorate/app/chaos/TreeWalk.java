package io.quorate.app.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/** Everything that one member has, read from itself, past the proxy. */
final class TreeWalk {

    /** What each member writes for itself, by its own server list. */
    private static final String CONFIG = "/zookeeper/config";

    private static final int SESSION_MILLIS = 20_000;
    private static final int AT_ONCE = 200;

    /** @param stat all of it, as text */
    record Node(String data, String stat) {}

    private TreeWalk() {}

    /** Reads the whole tree, not before the member has everything that was committed when this began. */
    static Map<String, Node> of(Member member) throws KeeperException, InterruptedException {
        Map<String, Node> nodes = new TreeMap<>();
        ZooKeeper client = connect(member);
        try {
            Session.sync(client, "/");
            ArrayDeque<String> parents = new ArrayDeque<>(List.of("/"));
            while (!parents.isEmpty()) {
                String parent = parents.remove();
                List<String> paths = new ArrayList<>();
                for (String name : client.getChildren(parent, false)) {
                    paths.add(parent.equals("/") ? "/" + name : parent + "/" + name);
                }
                read(client, paths, nodes, parents);
            }
        } finally {
            client.close();
        }
        return nodes;
    }

    private static ZooKeeper connect(Member member) {
        try {
            return new ZooKeeper("127.0.0.1:" + member.clientPort(), SESSION_MILLIS, event -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(ZooKeeper client, List<String> paths, Map<String, Node> nodes, ArrayDeque<String> parents)
            throws KeeperException, InterruptedException {
        for (int from = 0; from < paths.size(); from += AT_ONCE) {
            Map<String, CompletableFuture<Node>> answers = new TreeMap<>();
            for (String path : paths.subList(from, Math.min(paths.size(), from + AT_ONCE))) {
                answers.put(path, ask(client, path));
            }
            for (Map.Entry<String, CompletableFuture<Node>> answer : answers.entrySet()) {
                String path = answer.getKey();
                try {
                    Node node = answer.getValue().join();
                    if (!path.equals(CONFIG)) {
                        nodes.put(path, node);
                    }
                } catch (java.util.concurrent.CompletionException failed) {
                    throw (KeeperException) failed.getCause();
                }
                if (!path.startsWith(SequenceClient.ROOT + "/") && !path.startsWith(RegisterClient.ROOT + "/")) {
                    parents.add(path);
                }
            }
        }
    }

    private static CompletableFuture<Node> ask(ZooKeeper client, String path) {
        CompletableFuture<Node> node = new CompletableFuture<>();
        client.getData(
                path,
                false,
                (int code, String asked, Object context, byte[] data, Stat stat) -> {
                    if (code == Code.OK.intValue()) {
                        node.complete(new Node(data == null ? "" : new String(data, UTF_8), text(stat)));
                    } else {
                        node.completeExceptionally(KeeperException.create(Code.get(code), asked));
                    }
                },
                null);
        return node;
    }

    private static String text(Stat stat) {
        return stat.toString().strip();
    }

    /** @return in words, at most a few of what differs; empty when nothing does */
    static List<String> differences(Map<String, Node> one, Map<String, Node> other) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>(one.keySet());
        paths.addAll(other.keySet());
        for (String path : paths) {
            Node here = one.get(path);
            if (here == null || !here.equals(other.get(path))) {
                differences.add(path + ": " + here + " / " + other.get(path));
            }
        }
        return differences.subList(0, Math.min(10, differences.size()));
    }
}
