package io.quorate.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.port.TicketSource;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.TreeCursor;
import io.quorate.core.tree.TxnStamp;
import io.quorate.core.wire.Acl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tests of this package share. */
final class Snapshots {

    static final NodeKinds KINDS = new NodeKinds(true, false);
    static final List<OpenSession> SESSIONS =
            List.of(new OpenSession(0x0100000000000001L, 30_000), new OpenSession(-5, 4_000));
    static final List<Acl> SECRET = List.of(new Acl(31, "digest", "me:secret"), new Acl(1, "ip", "10.0.0.0/8"));

    private Snapshots() {}

    /** Something of everything: null and empty data, ACLs, all kinds of nodes. */
    static DataTree sampleTree() {
        DataTree tree = new DataTree(KINDS);
        create(tree, "/null", null, Acl.OPEN, 0);
        create(tree, "/empty", "", Acl.READ_ONLY, 0);
        create(tree, "/empty/secret", "value", SECRET, 0);
        create(tree, "/empty/secret/ephemeral", "e", Acl.OPEN, 0x0100000000000001L);
        create(tree, "/container", "", SECRET, NodeKinds.CONTAINER_OWNER);
        create(tree, "/container/ttl", "t", Acl.OPEN, NodeKinds.ttlOwner(60_000));
        create(tree, "/gone", "t", List.of(new Acl(31, "digest", "gone:gone")), 0);
        tree.delete(NodePath.of("/gone"), next(tree), new ArrayList<>());
        create(tree, "/ünïcode", "ü", Acl.OPEN, 0);
        tree.setData(NodePath.of("/null"), null, 1, next(tree), new ArrayList<>());
        tree.setAcl(NodePath.of("/empty"), SECRET, 1);
        return tree;
    }

    static void create(DataTree tree, String path, @Nullable String data, List<Acl> acl, long owner) {
        byte[] bytes = data == null ? null : data.getBytes(StandardCharsets.UTF_8);
        tree.create(NodePath.of(path), bytes, acl, owner, -1, next(tree), new ArrayList<>());
    }

    static TxnStamp next(DataTree tree) {
        tree.setLastZxid(tree.lastZxid() + 1);
        return new TxnStamp(tree.lastZxid(), 1_700_000_000_000L + tree.lastZxid());
    }

    /** Writes the whole snapshot at once and returns its bytes. */
    static byte[] bytesOf(TreeCursor cursor, List<OpenSession> sessions) {
        return bytesOf(cursor, sessions, SnapshotOptions.DEFAULT);
    }

    static byte[] bytesOf(TreeCursor cursor, List<OpenSession> sessions, SnapshotOptions options) {
        MemoryDisk disk = new MemoryDisk();
        SnapshotWriter writer = new SnapshotWriter(disk, new TicketSource(), options);
        long zxid = cursor.zxid();
        writer.begin(cursor, sessions);
        while (writer.isActive()) {
            writer.endOfTurn();
            completeOne(disk, writer);
        }
        byte[] bytes = disk.files.get(SnapshotFile.of(zxid).diskFile());
        if (bytes == null) {
            throw new AssertionError("no snapshot was written");
        }
        return bytes;
    }

    static void completeOne(MemoryDisk disk, SnapshotWriter writer) {
        boolean one = disk.completeOne((ticket, outcome) -> assertThat(writer.onDiskCompleted(ticket, outcome))
                .as("ticket recognised")
                .isTrue());
        assertThat(one).as("a command waits").isTrue();
    }

    static LoadedSnapshot read(SnapshotFile file, byte[] bytes) {
        MemoryDisk disk = new MemoryDisk();
        disk.files.put(file.diskFile(), bytes);
        return new SnapshotReader(disk, KINDS, SnapshotOptions.DEFAULT).read(file);
    }

    /** Everything that a tree holds, to compare. */
    static List<String> listing(TreeCursor cursor) {
        List<String> lines = new ArrayList<>();
        while (cursor.next()) {
            byte[] data = cursor.node().data();
            String text = data == null ? "null" : "'" + new String(data, StandardCharsets.UTF_8) + "'";
            lines.add(cursor.path() + " " + text + " " + cursor.node().stat() + " "
                    + cursor.acls().get(cursor.node().aclId()) + " "
                    + cursor.node().numChildren());
        }
        lines.add("digest " + cursor.digest() + " zxid " + cursor.zxid() + " nodes " + cursor.nodeCount());
        return lines;
    }
}
