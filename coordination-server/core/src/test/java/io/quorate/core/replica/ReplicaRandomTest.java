package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients pipeline everything they can while the disk completes when it likes. The bench fails on any digest that was
 * predicted wrongly; what clients hear must be in order, complete, and what a plain map of nodes says.
 */
class ReplicaRandomTest {

    private static final int STEPS = 1500;
    private static final int LINKS = 4;
    private static final Pattern REPLY = Pattern.compile("(\\d+): xid (\\d+) zxid (\\d+) (ok|error (-?\\d+))");
    private static final String[] NAMES = {"/a", "/b", "/a/x", "/a/y", "/b/x", "/a/x/1", "/b/x/1"};

    /** What a client waits for, and what the model says it will be told. */
    private record Expected(int xid, int error) {}

    private final Map<Integer, List<Expected>> expected = new HashMap<>();
    private final Map<Integer, Long> lastZxid = new HashMap<>();
    private final Model model = new Model();
    private Bench bench = Bench.standalone();
    private Random random = new Random();
    private int nextXid = 1;
    private long nextLink = 1;
    private final List<Integer> open = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("pipelined writes of all kinds come out as a model says, in order, with the digests predicted")
    void everythingPipelined(long seed) {
        random = new Random(seed);
        for (int i = 0; i < LINKS; i++) {
            connect();
        }
        for (int step = 0; step < STEPS; step++) {
            act();
            if (random.nextInt(6) == 0) {
                bench.turn();
            }
            if (random.nextInt(12) == 0) {
                bench.completeSome(1 + random.nextInt(8));
                check();
            }
        }
        bench.settle();
        check();
        expected.values().forEach(rest -> assertThat(rest).isEmpty());
        assertThat(bench.replica.status().nodes()).isEqualTo(model.nodes.size() + 4);
        long digest = bench.replica.status().digest();
        assertThat(bench.restarted().replica.status().digest()).isEqualTo(digest);
    }

    private void connect() {
        int link = (int) nextLink++;
        bench.settle();
        check();
        bench.connect(link);
        open.add(link);
        expected.put(link, new ArrayList<>());
    }

    private void act() {
        int link = open.get(random.nextInt(open.size()));
        int kind = random.nextInt(100);
        if (kind < 35) {
            create(link);
        } else if (kind < 55) {
            String path = anyPath();
            int version = random.nextInt(3) == 0 ? random.nextInt(3) : -1;
            expect(
                    link,
                    model.delete(path, version),
                    () -> bench.request(link, nextXid, OpCode.DELETE, versioned(path, version)));
        } else if (kind < 70) {
            String path = anyPath();
            int version = random.nextInt(3) == 0 ? random.nextInt(3) : -1;
            expect(link, model.setData(path, version), () -> bench.setData(link, nextXid, path, version));
        } else if (kind < 90) {
            multi(link);
        } else if (kind < 98) {
            bench.exists(link, nextXid, anyPath(), random.nextBoolean());
            expected.get(link).add(new Expected(nextXid++, Integer.MAX_VALUE));
        } else {
            close(link);
        }
    }

    private void create(int link) {
        int flags = random.nextInt(4);
        String path = anyPath();
        expect(link, model.create(path, flags, link), () -> bench.create(link, nextXid, path, flags));
    }

    private void close(int link) {
        model.close(link);
        bench.request(link, nextXid, OpCode.CLOSE_SESSION, new WireWriter(1));
        expected.get(link).add(new Expected(nextXid++, 0));
        bench.create(link, nextXid + 1000, "/never", 0);
        open.remove((Integer) link);
        connect();
    }

    /** Several operations of which one in a while fails; the header of a failed multi says nothing of it. */
    private void multi(int link) {
        WireWriter body = new WireWriter(512);
        Model before = model.copy();
        boolean failed = false;
        int size = 1 + random.nextInt(5);
        for (int i = 0; i < size; i++) {
            String path = anyPath();
            int kind = random.nextInt(4);
            int flags = random.nextInt(4);
            OpCode op = kind == 0 ? OpCode.DELETE : kind == 1 ? OpCode.SET_DATA : OpCode.CREATE2;
            body.writeInt(op.code()).writeBool(false).writeInt(-1);
            if (op == OpCode.DELETE) {
                body.writeRaw(versioned(path, -1).written());
                failed = failed || model.delete(path, -1) != 0;
            } else if (op == OpCode.SET_DATA) {
                body.writePath(NodePath.of(path)).writeBuffer(new byte[] {3}).writeInt(-1);
                failed = failed || model.setData(path, -1) != 0;
            } else {
                body.writeRaw(Bench.createBody(path, flags).written());
                failed = failed || model.create(path, flags, link) != 0;
            }
        }
        body.writeInt(-1).writeBool(true).writeInt(-1);
        if (failed) {
            model.become(before);
        }
        expect(link, 0, () -> bench.request(link, nextXid, OpCode.MULTI, body));
    }

    private static WireWriter versioned(String path, int version) {
        return new WireWriter(64).writePath(NodePath.of(path)).writeInt(version);
    }

    private void expect(int link, int error, Runnable request) {
        request.run();
        expected.get(link).add(new Expected(nextXid++, error));
    }

    private String anyPath() {
        List<String> known = new ArrayList<>(model.nodes.keySet());
        return known.isEmpty() || random.nextInt(3) == 0
                ? NAMES[random.nextInt(NAMES.length)]
                : known.get(random.nextInt(known.size())) + (random.nextInt(3) == 0 ? "/z" : "");
    }

    private void check() {
        for (String line : bench.said()) {
            Matcher reply = REPLY.matcher(line);
            if (reply.matches()) {
                int link = Integer.parseInt(reply.group(1));
                Expected next = expected.get(link).remove(0);
                assertThat(reply.group(2)).as(line).isEqualTo(String.valueOf(next.xid));
                if (next.error != Integer.MAX_VALUE) {
                    int error = reply.group(5) == null ? 0 : Integer.parseInt(reply.group(5));
                    assertThat(error).as(line).isEqualTo(next.error);
                }
                long zxid = Long.parseLong(reply.group(3));
                assertThat(zxid).isGreaterThanOrEqualTo(lastZxid.getOrDefault(link, 0L));
                lastZxid.put(link, zxid);
            }
        }
    }

    /** The nodes as they will be once everything sent so far has been executed. */
    private static final class Model {
        private static final class Node {
            private int version;
            private int created;
            private int owner;

            Node copy() {
                Node copy = new Node();
                copy.version = version;
                copy.created = created;
                copy.owner = owner;
                return copy;
            }
        }

        private TreeMap<String, Node> nodes = new TreeMap<>();
        private Node root = new Node();

        Model copy() {
            Model copy = new Model();
            nodes.forEach((path, node) -> copy.nodes.put(path, node.copy()));
            copy.root = root.copy();
            return copy;
        }

        void become(Model other) {
            nodes = other.nodes;
            root = other.root;
        }

        private Node find(String path) {
            return path.isEmpty() ? root : nodes.get(path);
        }

        private static String parentOf(String path) {
            return path.substring(0, path.lastIndexOf('/'));
        }

        int create(String asked, int flags, int link) {
            Node parent = find(parentOf(asked));
            if (parent == null) {
                return -101;
            }
            String path = flags >= 2 ? asked + String.format("%010d", parent.created) : asked;
            if (nodes.containsKey(path)) {
                return -110;
            }
            if (parent.owner != 0) {
                return -108;
            }
            Node node = new Node();
            node.owner = flags % 2 == 1 ? link : 0;
            nodes.put(path, node);
            parent.created++;
            return 0;
        }

        int delete(String path, int version) {
            Node node = find(parentOf(path)) == null ? null : nodes.get(path);
            if (node == null) {
                return -101;
            }
            if (version != -1 && version != node.version) {
                return -103;
            }
            String higher = nodes.higherKey(path + "/");
            if (higher != null && higher.startsWith(path + "/")) {
                return -111;
            }
            nodes.remove(path);
            return 0;
        }

        int setData(String path, int version) {
            Node node = nodes.get(path);
            if (node == null) {
                return -101;
            }
            if (version != -1 && version != node.version) {
                return -103;
            }
            node.version++;
            return 0;
        }

        void close(int link) {
            Set<String> gone = new HashSet<>();
            nodes.forEach((path, node) -> {
                if (node.owner == link) {
                    gone.add(path);
                }
            });
            nodes.keySet().removeAll(gone);
        }
    }
}
