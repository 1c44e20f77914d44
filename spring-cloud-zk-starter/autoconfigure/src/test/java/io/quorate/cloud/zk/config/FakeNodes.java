package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.ZkRequests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** Nodes in memory that answer at once, for reading only. */
final class FakeNodes implements ZkRequests {

    private final Map<String, Content> nodes = new TreeMap<>();
    private final Set<String> watched = new TreeSet<>();
    private final List<String> denied = new ArrayList<>();
    private final List<Runnable> arriving = new ArrayList<>();
    private long zxid;
    private Runnable betweenPasses = () -> {};
    private boolean silent;
    int reads;

    void put(String path, String value) {
        zxid++;
        Stat stat = nodes.containsKey(path) ? nodes.get(path).stat() : created(path);
        stat.setMzxid(zxid);
        nodes.put(path, new Content(value.getBytes(StandardCharsets.UTF_8), copy(stat)));
    }

    private Stat created(String path) {
        String parent = path.substring(0, path.lastIndexOf('/'));
        if (nodes.containsKey(parent)) {
            Stat stat = nodes.get(parent).stat();
            stat.setPzxid(zxid);
            stat.setNumChildren(stat.getNumChildren() + 1);
        }
        Stat stat = new Stat();
        stat.setPzxid(zxid);
        return stat;
    }

    private static Stat copy(Stat stat) {
        Stat copy = new Stat();
        copy.setMzxid(stat.getMzxid());
        copy.setPzxid(stat.getPzxid());
        copy.setNumChildren(stat.getNumChildren());
        return copy;
    }

    void deny(String path) {
        denied.add(path);
    }

    /** From now on requests get no answer. */
    void fallSilent() {
        silent = true;
    }

    /** Is run once, when the first look after a reading comes. */
    void betweenPasses(Runnable change) {
        betweenPasses = change;
    }

    /** Another server has this already; this one will when it has been told to catch up. */
    void arriving(Runnable change) {
        arriving.add(change);
    }

    Set<String> watched() {
        return watched;
    }

    private <T> CompletableFuture<T> answer(String path, @Nullable Watcher watcher, @Nullable T value) {
        if (silent) {
            return new CompletableFuture<>();
        }
        if (denied.contains(path)) {
            return CompletableFuture.failedFuture(KeeperException.create(KeeperException.Code.NOAUTH, path));
        }
        if (watcher != null) {
            watched.add(path);
        }
        return value == null
                ? CompletableFuture.failedFuture(KeeperException.create(KeeperException.Code.NONODE, path))
                : CompletableFuture.completedFuture(value);
    }

    @Override
    public CompletableFuture<Content> getData(String path, @Nullable Watcher watcher) {
        reads++;
        Content content = nodes.get(path);
        return answer(path, watcher, content == null ? null : new Content(content.data(), copy(content.stat())));
    }

    @Override
    public CompletableFuture<@Nullable Stat> exists(String path, @Nullable Watcher watcher) {
        Runnable change = betweenPasses;
        betweenPasses = () -> {};
        change.run();
        if (watcher != null) {
            watched.add(path);
        }
        return CompletableFuture.completedFuture(
                nodes.containsKey(path) ? copy(nodes.get(path).stat()) : null);
    }

    @Override
    public CompletableFuture<List<String>> getChildren(String path, @Nullable Watcher watcher) {
        String below = path + "/";
        return answer(
                path,
                watcher,
                nodes.keySet().stream()
                        .filter(other -> other.startsWith(below) && other.indexOf('/', below.length()) < 0)
                        .map(other -> other.substring(below.length()))
                        .toList());
    }

    @Override
    public CompletableFuture<Void> sync(String path) {
        if (silent) {
            return new CompletableFuture<>();
        }
        arriving.forEach(Runnable::run);
        arriving.clear();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Created> create(String path, byte[] data, CreateMode mode) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public CompletableFuture<Void> createContainers(String path) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public CompletableFuture<Stat> setData(String path, byte[] data, int version) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public CompletableFuture<Void> delete(String path, int version) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public CompletableFuture<Void> addWatch(String path, Watcher watcher, boolean recursive) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public CompletableFuture<Void> removeWatch(String path, Watcher watcher) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public CompletableFuture<Void> removeWatches(String path, boolean recursive) {
        throw new UnsupportedOperationException("read only");
    }
}
