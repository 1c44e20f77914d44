package io.quorate.cloud.zk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** A few nodes in memory that answer like a server, and fail when the test says so. */
public final class FakeServer implements ZkRequests {

    /** What happens to the next request of a kind. */
    private record Trouble(String operation, Code code, boolean doneAnyway) {}

    private record Node(byte[] data, Stat stat) {}

    private final TreeMap<String, Node> nodes = new TreeMap<>();
    /** Each told once, as the client does it: in a set, so that equal ones are one. */
    private final Map<String, Set<Watcher>> watchers = new TreeMap<>();

    private final Queue<Trouble> troubles = new ArrayDeque<>();
    private final List<Runnable> held = new ArrayList<>();
    /** What a server that is behind shows; null for one that is not. */
    private @Nullable TreeMap<String, Node> behind;
    /** What somebody else does just before the next request of a kind. */
    private final Map<String, Runnable> interruptions = new TreeMap<>();

    private final List<Runnable> arriving = new ArrayList<>();
    public final List<String> requests = new ArrayList<>();
    private final Set<String> forbidden = new HashSet<>();
    private boolean holding;
    private long session;
    private long zxid;
    private int sequence;

    /** Another session; the nodes of the former stay until {@link #expire}. */
    public void session(long id) {
        session = id;
    }

    /** The next request of this kind fails; with {@code doneAnyway} it has been carried out all the same. */
    public void failNext(String operation, Code code, boolean doneAnyway) {
        troubles.add(new Trouble(operation, code, doneAnyway));
    }

    /** From now on nothing is answered. */
    public void hold() {
        holding = true;
    }

    /** Answers what was held, and everything after it at once. */
    public void release() {
        holding = false;
        List.copyOf(held).forEach(Runnable::run);
        held.clear();
    }

    /** From now on names are listed as they are now, until somebody asks the server to catch up. */
    public void fallBehind() {
        behind = new TreeMap<>(nodes);
    }

    /** Nobody may read this node any more. */
    public void forbid(String path) {
        forbidden.add(path);
    }

    /** Everybody may read this node again. */
    public void allow(String path) {
        forbidden.remove(path);
    }

    /** Somebody else is quicker than the next request of this kind. */
    public void beforeNext(String operation, Runnable action) {
        interruptions.put(operation, action);
    }

    /** Another server has this already; this one will when it has been told to catch up. */
    public void arriving(Runnable change) {
        arriving.add(change);
    }

    /** Removes the nodes of a session. */
    public void expire(long id) {
        List.copyOf(nodes.keySet()).stream()
                .filter(path -> nodes.get(path).stat().getEphemeralOwner() == id)
                .forEach(this::removeByOther);
    }

    /** Somebody else removes a node. */
    public void removeByOther(String path) {
        nodes.remove(path);
        fire(path, Watcher.Event.EventType.NodeDeleted);
    }

    /** Somebody else writes a node. */
    public void writeByOther(String path, byte[] data) {
        write(path, data);
    }

    /** A node that was there before. */
    public void put(String path, byte[] data, long owner) {
        Stat stat = new Stat();
        stat.setCzxid(++zxid);
        stat.setMzxid(zxid);
        stat.setEphemeralOwner(owner);
        nodes.put(path, new Node(data, stat));
    }

    public List<String> childrenOf(String parent) {
        return childrenOf(parent, nodes);
    }

    private static List<String> childrenOf(String parent, TreeMap<String, Node> all) {
        return all.keySet().stream()
                .filter(path -> path.startsWith(parent + "/") && path.indexOf('/', parent.length() + 1) < 0)
                .toList();
    }

    /** How many are told when this node changes. */
    public int watchersOf(String path) {
        return watchers.getOrDefault(path, Set.of()).size();
    }

    public byte[] data(String path) {
        return nodes.get(path).data();
    }

    public Stat stat(String path) {
        return nodes.get(path).stat();
    }

    private void fire(String path, Watcher.Event.EventType type) {
        Set<Watcher> told = watchers.remove(path);
        if (told != null) {
            told.forEach(
                    watcher -> watcher.process(new WatchedEvent(type, Watcher.Event.KeeperState.SyncConnected, path)));
        }
    }

    private <T> CompletableFuture<T> answer(String operation, String path, Supplier<T> action) {
        requests.add(operation + " " + path);
        Runnable interruption = interruptions.remove(operation);
        if (interruption != null) {
            interruption.run();
        }
        Trouble trouble = troubles.peek();
        CompletableFuture<T> future = new CompletableFuture<>();
        if (trouble != null && trouble.operation().equals(operation)) {
            troubles.remove();
            if (trouble.doneAnyway()) {
                action.get();
            }
            deliver(() -> future.completeExceptionally(KeeperException.create(trouble.code(), path)));
            return future;
        }
        try {
            T result = action.get();
            deliver(() -> future.complete(result));
        } catch (Refused refused) {
            deliver(() -> future.completeExceptionally(KeeperException.create(refused.code, path)));
        }
        return future;
    }

    private void deliver(Runnable completion) {
        if (holding) {
            held.add(completion);
        } else {
            completion.run();
        }
    }

    private static final class Refused extends RuntimeException {
        private final Code code;

        Refused(Code code) {
            this.code = code;
        }
    }

    private Node existing(String path) {
        Node node = nodes.get(path);
        if (node == null) {
            throw new Refused(Code.NONODE);
        }
        return node;
    }

    @Override
    public CompletableFuture<Created> create(String path, byte[] data, CreateMode mode) {
        return answer("create", path, () -> {
            String name = mode.isSequential() ? path + String.format("%010d", sequence++) : path;
            if (nodes.containsKey(name)) {
                throw new Refused(Code.NODEEXISTS);
            }
            put(name, data, mode.isEphemeral() ? session : 0);
            return new Created(name, copy(nodes.get(name).stat()));
        });
    }

    private static Stat copy(Stat stat) {
        Stat copy = new Stat();
        copy.setCzxid(stat.getCzxid());
        copy.setMzxid(stat.getMzxid());
        copy.setVersion(stat.getVersion());
        copy.setEphemeralOwner(stat.getEphemeralOwner());
        return copy;
    }

    @Override
    public CompletableFuture<Void> createContainers(String path) {
        return answer("createContainers", path, () -> null);
    }

    @Override
    public CompletableFuture<Stat> setData(String path, byte[] data, int version) {
        return answer("setData", path, () -> {
            if (version >= 0 && existing(path).stat().getVersion() != version) {
                throw new Refused(Code.BADVERSION);
            }
            existing(path);
            return copy(write(path, data));
        });
    }

    private Stat write(String path, byte[] data) {
        Stat stat = nodes.get(path).stat();
        stat.setVersion(stat.getVersion() + 1);
        stat.setMzxid(++zxid);
        nodes.put(path, new Node(data, stat));
        fire(path, Watcher.Event.EventType.NodeDataChanged);
        return stat;
    }

    @Override
    public CompletableFuture<Content> getData(String path, @Nullable Watcher watcher) {
        return answer("getData", path, () -> {
            if (forbidden.contains(path)) {
                throw new Refused(Code.NOAUTH);
            }
            return new Content(existing(path).data(), copy(existing(path).stat()));
        });
    }

    @Override
    public CompletableFuture<@Nullable Stat> exists(String path, @Nullable Watcher watcher) {
        if (watcher != null) {
            watchers.computeIfAbsent(path, first -> new LinkedHashSet<>()).add(watcher);
        }
        return answer(
                "exists",
                path,
                () -> nodes.containsKey(path) ? copy(nodes.get(path).stat()) : null);
    }

    @Override
    public CompletableFuture<Void> sync(String path) {
        return answer("sync", path, () -> {
            behind = null;
            arriving.forEach(Runnable::run);
            arriving.clear();
            return null;
        });
    }

    @Override
    public CompletableFuture<List<String>> getChildren(String path, @Nullable Watcher watcher) {
        return answer("getChildren", path, () -> {
            TreeMap<String, Node> shown = behind == null ? nodes : behind;
            List<String> children = childrenOf(path, shown);
            if (children.isEmpty() && !shown.containsKey(path)) {
                throw new Refused(Code.NONODE);
            }
            return children.stream()
                    .map(child -> child.substring(path.length() + 1))
                    .toList();
        });
    }

    @Override
    public CompletableFuture<Void> delete(String path, int version) {
        return answer("delete", path, () -> {
            existing(path);
            removeByOther(path);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> addWatch(String path, Watcher watcher, boolean recursive) {
        return answer("addWatch", path, () -> null);
    }

    @Override
    public CompletableFuture<Void> removeWatches(String path, boolean recursive) {
        return answer("removeWatches", path, () -> null);
    }

    @Override
    public CompletableFuture<Void> removeWatch(String path, Watcher watcher) {
        return answer("removeWatch", path, () -> null);
    }
}
