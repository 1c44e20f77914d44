package io.quorate.simulation.linearizability;

import io.quorate.simulation.linearizability.Operation.Call;
import io.quorate.simulation.linearizability.Operation.Outcome;
import io.quorate.simulation.linearizability.Operation.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Registers that take one operation after the other, and clients that see them through random delays; some answers get
 * lost. Once, near the middle, it can be made to lie. Written without a look at the model of the checker.
 */
final class RegisterWorld {

    /** What the registers do wrong. */
    enum Lie {
        NONE,
        /** Answers a read with what was overwritten before it began. */
        STALE_READ,
        /** Acknowledges a write that it does not make. */
        LOST_WRITE,
        /** Makes a write twice. */
        DOUBLED_WRITE,
        /** Takes an acknowledged write back after others have seen it. */
        WRITE_UNDONE,
        /** Brings back an older value under a newer version. */
        WRITE_REAPPEARS
    }

    private record Node(String value, int version) {}

    private record Moment(long nanos, long order, Runnable action) {}

    private final Random random;
    private final int clients;
    private final int paths;
    private final double lossShare;
    private final Lie lie;
    private final int total;
    private final Map<String, Node> nodes = new HashMap<>();
    /** What a path was, the latest last, at the times given. */
    private final Map<String, Deque<Node>> before = new HashMap<>();

    private final PriorityQueue<Moment> moments =
            new PriorityQueue<>(Comparator.comparingLong(Moment::nanos).thenComparingLong(Moment::order));
    private final List<Operation> history = new ArrayList<>();
    private long now;
    private long order;
    private int begun;
    private int lost;
    private @Nullable String lied;
    /** Operations under way by path. */
    private final Map<String, Integer> underWay = new HashMap<>();
    /** Behind a lie everybody looks at what was lied about. */
    private int looks;

    RegisterWorld(long seed, int clients, int paths, int total, double lossShare, Lie lie) {
        this.random = new Random(seed);
        this.clients = clients;
        this.paths = paths;
        this.total = total;
        this.lossShare = lossShare;
        this.lie = lie;
    }

    List<Operation> run() {
        for (int client = 0; client < clients; client++) {
            begin(client);
        }
        for (Moment next = moments.poll(); next != null; next = moments.poll()) {
            now = next.nanos();
            next.action().run();
        }
        return history;
    }

    boolean hasLied() {
        return lied != null;
    }

    private void after(Runnable action) {
        moments.add(new Moment(now + 1 + random.nextInt(100), order++, action));
    }

    private void begin(int client) {
        if (begun == total) {
            return;
        }
        begun++;
        String liedAbout = lied;
        boolean look = liedAbout != null && looks-- > 0;
        String path = look ? liedAbout : "/r" + random.nextInt(paths);
        Call call = look ? Call.get() : call("v" + begun);
        long invoked = now;
        // Numbers of clients that never come back are not used again.
        if (random.nextDouble() < lossShare) {
            history.add(new Operation(clients + lost++, path, call, Outcome.UNKNOWN, invoked, Operation.NEVER));
            if (random.nextBoolean()) {
                long late = random.nextInt(20) == 0 ? 10_000 : 0;
                moments.add(new Moment(now + 1 + late + random.nextInt(100), order++, () -> apply(path, call)));
            }
            after(() -> begin(client));
            return;
        }
        underWay.merge(path, 1, Integer::sum);
        after(() -> {
            Outcome outcome = outcome(path, call);
            underWay.merge(path, -1, Integer::sum);
            after(() -> {
                history.add(new Operation(client, path, call, outcome, invoked, now));
                after(() -> begin(client));
            });
        });
    }

    private Call call(String value) {
        int version = random.nextInt(3) == 0 ? Operation.ANY : random.nextInt(6);
        return switch (random.nextInt(10)) {
            case 0, 1 -> Call.create(value);
            case 2 -> Call.delete(random.nextBoolean() ? Operation.ANY : version);
            case 3, 4, 5 -> Call.set(value, version);
            case 6 -> Call.exists();
            default -> Call.get();
        };
    }

    private Outcome outcome(String path, Call call) {
        // Nothing else under way that could explain it.
        if (lie != Lie.NONE && lied == null && begun > total / 2 && underWay.get(path) == 1) {
            Outcome told = lie(path, call);
            if (told != null) {
                lied = path;
                looks = 4 * clients;
                return told;
            }
        }
        return apply(path, call);
    }

    /** Null when this is no opportunity. */
    private @Nullable Outcome lie(String path, Call call) {
        Node present = nodes.get(path);
        Deque<Node> past = before.getOrDefault(path, new ArrayDeque<>());
        boolean sets = call.kind() == Operation.Kind.SET
                && present != null
                && (call.version() == Operation.ANY || call.version() == present.version());
        switch (lie) {
            case STALE_READ -> {
                // Several changes ago, so that whoever made the last one has been told.
                Node stale = past.size() < 8 ? null : past.getFirst();
                return call.kind() == Operation.Kind.GET && stale != null
                        ? Outcome.read(stale.version(), stale.value())
                        : null;
            }
            case LOST_WRITE -> {
                return sets ? Outcome.version(present.version() + 1) : null;
            }
            case DOUBLED_WRITE -> {
                if (!sets) {
                    return null;
                }
                Outcome first = apply(path, call);
                put(path, new Node(String.valueOf(call.value()), first.version() + 1));
                return first;
            }
            case WRITE_UNDONE -> {
                if (!sets) {
                    return null;
                }
                Outcome told = apply(path, call);
                after(() -> nodes.put(path, present));
                return told;
            }
            case WRITE_REAPPEARS -> {
                if (!sets || past.size() < 8) {
                    return null;
                }
                Outcome told = apply(path, call);
                put(path, new Node(past.getFirst().value(), told.version()));
                return told;
            }
            default -> throw new IllegalStateException(lie + " is none");
        }
    }

    private void put(String path, @Nullable Node node) {
        Node old = node == null ? nodes.remove(path) : nodes.put(path, node);
        if (old != null) {
            Deque<Node> past = before.computeIfAbsent(path, key -> new ArrayDeque<>());
            past.addLast(old);
            if (past.size() > 8) {
                past.removeFirst();
            }
        }
    }

    private Outcome apply(String path, Call call) {
        Node node = nodes.get(path);
        if (call.kind() == Operation.Kind.CREATE) {
            if (node != null) {
                return Outcome.failed(Status.NODE_EXISTS);
            }
            put(path, new Node(String.valueOf(call.value()), 0));
            return Outcome.DONE;
        }
        if (node == null) {
            return Outcome.failed(Status.NO_NODE);
        }
        if (call.version() != Operation.ANY && call.version() != node.version()) {
            return Outcome.failed(Status.BAD_VERSION);
        }
        return switch (call.kind()) {
            case SET -> {
                put(path, new Node(String.valueOf(call.value()), node.version() + 1));
                yield Outcome.version(node.version() + 1);
            }
            case DELETE -> {
                put(path, null);
                yield Outcome.DONE;
            }
            case EXISTS -> Outcome.version(node.version());
            case GET -> Outcome.read(node.version(), node.value());
            case CREATE -> throw new IllegalStateException();
        };
    }
}
