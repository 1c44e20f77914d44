package io.quorate.cloud.zk;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.curator.drivers.OperationTrace;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests through the ZooKeeper handle that the client has at the moment. They are traced like those that the client
 * makes itself.
 */
public final class SessionRequests implements ZkRequests {

    private static final Logger LOG = LoggerFactory.getLogger(SessionRequests.class);

    private final CuratorFramework client;
    private final ACLProvider acl;
    /** Of the namespace; empty for none. */
    private final String prefix;

    public SessionRequests(CuratorFramework client, ACLProvider acl) {
        this.client = client;
        this.acl = acl;
        String namespace = client.getNamespace();
        this.prefix = namespace == null || namespace.isEmpty() ? "" : "/" + namespace;
    }

    /** A request in the making: the handle, the answer to complete, and the trace that ends with it. */
    private final class Request<T> {

        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final OperationTrace trace;

        Request(String operation) {
            trace = client.getZookeeperClient().startAdvancedTracer(operation);
        }

        void ended(int code, String path, @Nullable T value) {
            traced(code);
            if (code == KeeperException.Code.OK.intValue()) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(KeeperException.create(KeeperException.Code.get(code), path));
            }
        }

        /** Whatever a tracer makes of it, whoever waits gets the answer. */
        private void traced(int code) {
            try {
                trace.setReturnCode(code).commit();
            } catch (RuntimeException | Error failed) {
                LOG.error("The tracer of the client failed", failed);
            }
        }

        CompletableFuture<T> send(Sender sender) {
            try {
                sender.send(client.getZookeeperClient().getZooKeeper());
            } catch (KeeperException refused) {
                traced(refused.code().intValue());
                answer.completeExceptionally(refused);
            } catch (Exception unusable) {
                // No handle at all: the client is being closed or replaces its handle.
                traced(KeeperException.Code.CONNECTIONLOSS.intValue());
                KeeperException loss = new KeeperException.ConnectionLossException();
                loss.initCause(unusable);
                answer.completeExceptionally(loss);
            }
            return answer;
        }
    }

    @FunctionalInterface
    private interface Sender {
        void send(ZooKeeper handle) throws Exception;
    }

    private String outer(String path) {
        return path.equals("/") && !prefix.isEmpty() ? prefix : prefix + path;
    }

    private String inner(String path) {
        if (prefix.isEmpty() || !path.startsWith(prefix)) {
            return path;
        }
        return path.length() == prefix.length() ? "/" : path.substring(prefix.length());
    }

    private @Nullable Watcher inner(@Nullable Watcher watcher) {
        return watcher == null || prefix.isEmpty() ? watcher : new InnerWatcher(watcher);
    }

    /** Translates paths. Equal when what it wraps is, as the handle finds watchers again by equality. */
    private final class InnerWatcher implements Watcher {

        private final Watcher watcher;

        InnerWatcher(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void process(WatchedEvent event) {
            String path = event.getPath();
            watcher.process(path == null ? event : new WatchedEvent(event.getType(), event.getState(), inner(path)));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof InnerWatcher same && same.watcher.equals(watcher);
        }

        @Override
        public int hashCode() {
            return watcher.hashCode();
        }
    }

    @Override
    public CompletableFuture<Created> create(String path, byte[] data, CreateMode mode) {
        Request<Created> request = new Request<>("create");
        return request.send(handle -> handle.create(
                outer(path),
                data,
                acl.getAclForPath(path),
                mode,
                (code, asked, context, name, stat) ->
                        request.ended(code, path, name == null ? null : new Created(inner(name), stat)),
                null));
    }

    @Override
    public CompletableFuture<Void> createContainers(String path) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        try {
            client.create()
                    .creatingParentContainersIfNeeded()
                    .withMode(CreateMode.CONTAINER)
                    .inBackground((same, event) -> {
                        KeeperException.Code code = KeeperException.Code.get(event.getResultCode());
                        if (code == KeeperException.Code.OK || code == KeeperException.Code.NODEEXISTS) {
                            answer.complete(null);
                        } else {
                            answer.completeExceptionally(KeeperException.create(code, path));
                        }
                    })
                    .forPath(path, new byte[0]);
        } catch (Exception unusable) {
            answer.completeExceptionally(unusable);
        }
        return answer;
    }

    @Override
    public CompletableFuture<Stat> setData(String path, byte[] data, int version) {
        Request<Stat> request = new Request<>("setData");
        return request.send(handle -> handle.setData(
                outer(path), data, version, (code, asked, context, stat) -> request.ended(code, path, stat), null));
    }

    @Override
    public CompletableFuture<Content> getData(String path, @Nullable Watcher watcher) {
        Request<Content> request = new Request<>("getData");
        return request.send(handle -> handle.getData(
                outer(path),
                inner(watcher),
                (code, asked, context, data, stat) -> request.ended(
                        code, path, stat == null ? null : new Content(data == null ? new byte[0] : data, stat)),
                null));
    }

    @Override
    public CompletableFuture<@Nullable Stat> exists(String path, @Nullable Watcher watcher) {
        Request<@Nullable Stat> request = new Request<>("exists");
        return request.send(handle -> handle.exists(
                outer(path),
                inner(watcher),
                (code, asked, context, stat) -> {
                    boolean absent = code == KeeperException.Code.NONODE.intValue();
                    request.ended(absent ? KeeperException.Code.OK.intValue() : code, path, absent ? null : stat);
                },
                null));
    }

    @Override
    public CompletableFuture<List<String>> getChildren(String path, @Nullable Watcher watcher) {
        Request<List<String>> request = new Request<>("getChildren");
        return request.send(handle -> handle.getChildren(
                outer(path),
                inner(watcher),
                (int code, String asked, Object context, List<String> names) -> request.ended(code, path, names),
                null));
    }

    @Override
    public CompletableFuture<Void> sync(String path) {
        Request<Void> request = new Request<>("sync");
        return request.send(
                handle -> handle.sync(outer(path), (code, asked, context) -> request.ended(code, path, null), null));
    }

    @Override
    public CompletableFuture<Void> delete(String path, int version) {
        Request<Void> request = new Request<>("delete");
        return request.send(handle ->
                handle.delete(outer(path), version, (code, asked, context) -> request.ended(code, path, null), null));
    }

    @Override
    public CompletableFuture<Void> addWatch(String path, Watcher watcher, boolean recursive) {
        Request<Void> request = new Request<>("addWatch");
        AddWatchMode mode = recursive ? AddWatchMode.PERSISTENT_RECURSIVE : AddWatchMode.PERSISTENT;
        return request.send(handle -> handle.addWatch(
                outer(path), inner(watcher), mode, (code, asked, context) -> request.ended(code, path, null), null));
    }

    @Override
    public CompletableFuture<Void> removeWatches(String path, boolean recursive) {
        Request<Void> request = new Request<>("removeWatches");
        Watcher.WatcherType type = recursive ? Watcher.WatcherType.PersistentRecursive : Watcher.WatcherType.Persistent;
        return request.send(handle -> handle.removeAllWatches(
                outer(path), type, true, (code, asked, context) -> request.ended(code, path, null), null));
    }

    @Override
    public CompletableFuture<Void> removeWatch(String path, Watcher watcher) {
        Request<Void> request = new Request<>("removeWatch");
        return request.send(handle -> handle.removeWatches(
                outer(path),
                inner(watcher),
                Watcher.WatcherType.Any,
                true,
                (code, asked, context) -> request.ended(code, path, null),
                null));
    }
}
