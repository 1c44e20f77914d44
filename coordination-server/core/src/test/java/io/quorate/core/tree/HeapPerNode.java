package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures what a node costs: heap, and time per operation. Run by hand:
 *
 * <pre>java -Xmx2g -cp target/classes:target/test-classes:JSPECIFY io.quorate.core.tree.HeapPerNode [nodes] [value
 * bytes]</pre>
 */
final class HeapPerNode {

    private final int nodes;
    private final byte[] value;
    private final List<TreeChange> changes = new ArrayList<>();
    private long zxid;

    private HeapPerNode(int nodes, int valueBytes) {
        this.nodes = nodes;
        this.value = new byte[valueBytes];
    }

    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int valueBytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        new HeapPerNode(20_000, valueBytes).run(false);
        new HeapPerNode(nodes, valueBytes).run(true);
    }

    private void run(boolean report) {
        NodePath[] paths = new NodePath[nodes];
        for (int i = 0; i < nodes; i++) {
            paths[i] = NodePath.of(String.format("/bench/n%010d", i + 1));
        }
        DataTree tree = new DataTree(new NodeKinds(false, false));
        tree.create(NodePath.of("/bench"), null, Acl.OPEN, 0, -1, stamp(), changes);
        long before = used(report);
        long start = cpuNanos();
        for (NodePath path : paths) {
            tree.create(path, value, Acl.OPEN, 0, -1, stamp(), changes);
            changes.clear();
        }
        long create = cpuNanos() - start;
        long bytes = used(report) - before;
        long find = scattered(paths, path -> tree.find(path));
        long set = scattered(paths, path -> tree.setData(path, value, 1, stamp(), changes));
        long afterSet = used(report) - before;
        TreeCursor cursor = tree.freeze();
        long frozenSet = scattered(paths, path -> tree.setData(path, value, 2, stamp(), changes));
        start = cpuNanos();
        long seen = 0;
        while (cursor.next()) {
            seen++;
        }
        long walk = cpuNanos() - start;
        if (report) {
            System.out.printf("nodes %d, value %d bytes%n", nodes, value.length);
            System.out.printf(
                    "heap per node: %.1f bytes fresh, %.1f after one setData each%n", per(bytes), per(afterSet));
            System.out.printf(
                    "CPU ns per operation: create %.0f, find %.0f, setData %.0f, setData after a freeze %.0f%n",
                    per(create), per(find), per(set), per(frozenSet));
            System.out.printf("walk of the frozen image: %.0f CPU ns per node, %d nodes%n", per(walk), seen);
        }
    }

    /** Every path once, far from the last one. */
    private long scattered(NodePath[] paths, Consumer<NodePath> operation) {
        long start = cpuNanos();
        int at = 0;
        for (int i = 0; i < paths.length; i++) {
            at = (int) ((at + 7_368_787L) % paths.length);
            operation.accept(paths[at]);
            changes.clear();
        }
        return cpuNanos() - start;
    }

    /** Of this thread, so that other programs do not count; nor does the garbage collector. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private TxnStamp stamp() {
        zxid++;
        return new TxnStamp(zxid, 1_700_000_000_000L + zxid);
    }

    private double per(long total) {
        return (double) total / nodes;
    }

    private static long used(boolean collect) {
        if (!collect) {
            return 0;
        }
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
