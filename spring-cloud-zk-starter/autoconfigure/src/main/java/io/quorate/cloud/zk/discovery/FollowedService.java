package io.quorate.cloud.zk.discovery;

import io.quorate.cloud.zk.ZkRequests;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instances of one service. Reads only the nodes that are new or have changed. */
final class FollowedService extends Following<ZkServiceInstance> {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedService.class);

    private final String service;
    private final ZkRequests requests;
    private final SessionSync sync;
    private final PathWatch watch;
    private final Runnable malformed;
    /** The nodes as they were last read, by name. */
    private Map<String, Node> nodes = new HashMap<>();
    /** Names of nodes whose content may have changed since. */
    private final Set<String> suspects = new HashSet<>();
    /** Names of nodes that must not be read. */
    private final Set<String> forbidden = new HashSet<>();

    /** @param instance null when the node holds none */
    private record Node(long czxid, long mzxid, @Nullable ZkServiceInstance instance) {}

    FollowedService(String service, String path, Context context, Runnable changed) {
        super(path, context, changed);
        this.service = service;
        this.requests = context.requests();
        this.sync = context.sync();
        this.malformed = context.malformed();
        this.watch = new PathWatch(requests, path, true, context.support(), context.lane(), this::seen);
    }

    private void seen(WatchedEvent event) {
        String changed = event.getPath();
        if (changed.equals(path())) {
            onEvent(event);
        } else if (changed.startsWith(path() + "/") && changed.indexOf('/', path().length() + 1) < 0) {
            suspects.add(changed.substring(path().length() + 1));
            onEvent(event);
        }
        // Deeper nodes belong to services whose names begin with this one's.
    }

    @Override
    CompletableFuture<List<ZkServiceInstance>> read(long session) {
        return watch.arm(session, lane())
                .thenComposeAsync(armed -> sync.in(session), lane())
                .thenComposeAsync(current -> readNames(), lane());
    }

    private CompletableFuture<List<ZkServiceInstance>> readNames() {
        return requests.getChildren(path(), watch.forReads())
                .handle(FollowedService::namesOrNull)
                .thenComposeAsync(names -> names == null ? absent() : readNodes(names), lane());
    }

    private static @Nullable List<String> namesOrNull(@Nullable List<String> names, @Nullable Throwable failure) {
        if (failure != null && !(ZkRequests.causeOf(failure) instanceof KeeperException.NoNodeException)) {
            throw new CompletionException(ZkRequests.causeOf(failure));
        }
        return names;
    }

    /** Containers vanish when they are empty: no node means no instances. */
    private CompletableFuture<List<ZkServiceInstance>> absent() {
        nodes = new HashMap<>();
        suspects.clear();
        Watcher watcher = watch.forReads();
        return watcher == null
                ? CompletableFuture.completedFuture(List.of())
                : requests.exists(path(), watcher)
                        // It may have come meanwhile, and then this watch does not hear of its children.
                        .thenComposeAsync(
                                stat -> stat == null ? CompletableFuture.completedFuture(List.of()) : readNames(),
                                lane());
    }

    private CompletableFuture<List<ZkServiceInstance>> readNodes(List<String> names) {
        Map<String, Node> known = new HashMap<>();
        Map<String, CompletableFuture<ZkRequests.@Nullable Content>> fresh = new HashMap<>();
        for (String name : names) {
            Node node = nodes.get(name);
            if (node == null || suspects.contains(name)) {
                fresh.put(name, contentOrNull(name));
            } else {
                known.put(name, node);
            }
        }
        suspects.clear();
        forbidden.retainAll(names);
        return CompletableFuture.allOf(fresh.values().toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        all -> {
                            fresh.forEach((name, content) -> keep(known, name, content.join()));
                            nodes = known;
                            return instances(known.values());
                        },
                        lane());
    }

    /** Null for a node that is gone, and for one that this application must not read: the others are listed. */
    private CompletableFuture<ZkRequests.@Nullable Content> contentOrNull(String name) {
        String node = path() + "/" + name;
        return requests.getData(node, watch.forReads())
                .handleAsync(
                        (content, failure) -> {
                            Throwable cause = failure == null ? null : ZkRequests.causeOf(failure);
                            if (cause instanceof KeeperException.NoAuthException) {
                                warnOnce(name);
                            } else if (cause != null && !(cause instanceof KeeperException.NoNodeException)) {
                                throw new CompletionException(cause);
                            }
                            return content;
                        },
                        lane());
    }

    private void warnOnce(String name) {
        if (forbidden.add(name)) {
            LOG.warn(
                    "The server does not allow to read {}/{}, which is left out; check spring.cloud.zookeeper.auth and"
                            + " the access list of that node",
                    path(),
                    name);
        }
    }

    private void keep(Map<String, Node> known, String name, ZkRequests.@Nullable Content content) {
        if (content == null) {
            return;
        }
        long czxid = content.stat().getCzxid();
        long mzxid = content.stat().getMzxid();
        Node before = nodes.get(name);
        if (before != null && before.mzxid() == mzxid) {
            known.put(name, before);
        } else {
            known.put(name, new Node(czxid, mzxid, decoded(name, content)));
        }
    }

    private @Nullable ZkServiceInstance decoded(String name, ZkRequests.Content content) {
        if (content.data().length == 0) {
            // A level of the name of another service.
            return null;
        }
        try {
            return new ZkServiceInstance(service, InstanceCodec.decode(content.data()));
        } catch (MalformedInstanceException reason) {
            malformed.run();
            LOG.warn(
                    "{}/{} in version {} is no instance and is left out: {}",
                    path(),
                    name,
                    content.stat().getVersion(),
                    reason.getMessage());
            return null;
        }
    }

    /**
     * In the order of registration; of several nodes with one id the youngest, as the others are of former sessions.
     */
    private static List<ZkServiceInstance> instances(Collection<Node> nodes) {
        Map<String, ZkServiceInstance> byId = new LinkedHashMap<>();
        nodes.stream()
                .sorted(Comparator.comparingLong(Node::czxid).reversed())
                .map(Node::instance)
                .forEach(instance -> {
                    if (instance != null) {
                        byId.putIfAbsent(instance.getInstanceId(), instance);
                    }
                });
        List<ZkServiceInstance> youngestFirst = List.copyOf(byId.values());
        return java.util.stream.IntStream.range(0, youngestFirst.size())
                .mapToObj(i -> youngestFirst.get(youngestFirst.size() - 1 - i))
                .toList();
    }

    /** The load changes all the time and concerns balancers only, who ask when they choose. */
    @Override
    boolean differ(List<ZkServiceInstance> before, List<ZkServiceInstance> now) {
        return !before.stream()
                .map(PublishedLoad::without)
                .toList()
                .equals(now.stream().map(PublishedLoad::without).toList());
    }

    /** All nodes are read again; one that has not changed is not decoded again. */
    @Override
    void forget() {
        suspects.addAll(nodes.keySet());
    }

    @Override
    void release() {
        watch.disarm();
    }
}
