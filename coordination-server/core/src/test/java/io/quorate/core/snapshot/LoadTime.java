package io.quorate.core.snapshot;

import io.quorate.core.base.NodePath;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.TxnStamp;
import io.quorate.core.wire.Acl;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long encoding and decoding a large snapshot takes, from memory. Run by hand:
 *
 * <pre>java -Xmx4g -cp target/classes:target/test-classes:JSPECIFY io.quorate.core.snapshot.LoadTime [nodes]</pre>
 */
final class LoadTime {

    private LoadTime() {}

    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        DataTree tree = new DataTree(new NodeKinds(false, false));
        create(tree, "/bench", new byte[0]);
        for (int i = 0; i < nodes; i++) {
            create(tree, String.format("/bench/n%010d", i + 1), new byte[100]);
        }
        for (int round = 1; round <= 5; round++) {
            // One slice for all, since the disk in memory copies its file at every write.
            SnapshotOptions options = new SnapshotOptions(nodes * 200 + 4096, 1, 8 << 20);
            long start = cpuNanos();
            byte[] bytes = Snapshots.bytesOf(tree.freeze(), List.of(), options);
            long written = cpuNanos();
            LoadedSnapshot loaded = new SnapshotReader(image(bytes), tree.kinds(), SnapshotOptions.DEFAULT)
                    .read(SnapshotFile.of(tree.lastZxid()));
            long read = cpuNanos();
            System.out.printf(
                    "%d nodes, %d bytes: encoded in %d ms of CPU, decoded in %d ms, digest %s%n",
                    nodes,
                    bytes.length,
                    (written - start) / 1_000_000,
                    (read - written) / 1_000_000,
                    loaded.digestCheck());
        }
    }

    /** Of this thread, so that other programs do not count; nor does the garbage collector. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void create(DataTree tree, String path, byte[] data) {
        tree.setLastZxid(tree.lastZxid() + 1);
        TxnStamp stamp = new TxnStamp(tree.lastZxid(), 1_700_000_000_000L);
        tree.create(NodePath.of(path), data, Acl.OPEN, 0, -1, stamp, new ArrayList<>());
    }

    /** One file, read in pieces as long as asked for. */
    private static DiskImage image(byte[] bytes) {
        Class<?>[] types = {DiskImage.class};
        return (DiskImage) Proxy.newProxyInstance(
                LoadTime.class.getClassLoader(), types, (proxy, method, arguments) -> {
                    if (!method.getName().equals("read")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return read(bytes, (DiskFile) arguments[0], (long) arguments[1], (ByteBuffer) arguments[2]);
                });
    }

    private static int read(byte[] bytes, DiskFile file, long offset, ByteBuffer into) {
        if (offset >= bytes.length) {
            return -1;
        }
        int count = (int) Math.min(into.remaining(), bytes.length - offset);
        into.put(bytes, (int) offset, count);
        return file.name().isEmpty() ? 0 : count;
    }
}
