package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.port.TicketSource;
import io.quorate.core.snapshot.SnapshotOptions;
import io.quorate.core.snapshot.SnapshotWriter;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.TxnStamp;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What happens seldom, or only when somebody means harm: the replica stays alive and keeps its promises. */
class ReplicaRareTest {

    private static final int MEGABYTE = 1 << 20;

    private static WireWriter largeCreate(String path) {
        WireWriter body = new WireWriter(2 * MEGABYTE).writePath(NodePath.of(path));
        body.writeBuffer(new byte[MEGABYTE - 1000]);
        Acl.writeList(body, Acl.OPEN);
        return body.writeInt(0);
    }

    @Test
    @DisplayName("writes held behind handshakes wait for room in the log, and are executed in order")
    void heldFramesWaitForRoom() {
        Bench bench = Bench.standalone();
        int clients = 30;
        for (int link = 1; link <= clients; link++) {
            bench.open(link);
            bench.handshake(link, 0, 0, new byte[16]);
            bench.request(link, 1, OpCode.CREATE, largeCreate("/large" + link));
            bench.create(link, 2, "/large" + link + "/small", 0);
        }
        bench.settle();
        List<String> said = bench.said();
        for (int link = 1; link <= clients; link++) {
            String prefix = link + ": ";
            assertThat(said.stream()
                            .filter(line -> line.startsWith(prefix))
                            .map(line -> line.replaceAll("zxid \\d+ ", "")))
                    .containsExactly(prefix + "connected 10000", prefix + "xid 1 ok", prefix + "xid 2 ok");
        }
    }

    @Test
    @DisplayName("a session whose ephemerals do not fit in one record is closed all the same")
    void closeOfASessionWithVeryManyEphemerals() {
        Bench bench = Bench.standalone();
        bench.connect(1);
        String name = "/" + "e".repeat(1000);
        for (int i = 0; i < 2200; i++) {
            bench.create(1, i + 1, name + i, 1);
        }
        bench.settle();
        bench.said();
        bench.request(1, 9999, OpCode.CLOSE_SESSION, new WireWriter(1));
        bench.settle();
        assertThat(bench.said().get(0)).startsWith("1: xid 9999").endsWith("ok");
        assertThat(bench.replica.status().sessions()).isZero();
        assertThat(bench.replica.status().ephemerals()).isZero();
        Bench again = bench.restarted();
        assertThat(again.replica.status().ephemerals()).isZero();
        assertThat(again.replica.status().digest())
                .isEqualTo(bench.replica.status().digest());
    }

    @Test
    @DisplayName("when the counter of zxids runs out, the next epoch begins and the log can be replayed across it")
    void zxidCounterRunsOut() {
        Bench bench = new Bench(ReplicaOptions.defaults(), renamedTo(0xffff_fffcL));
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        bench.create(1, 2, "/b", 0);
        bench.settle();
        assertThat(bench.said()).containsExactly("1: xid 1 zxid 4294967294 ok", "1: xid 2 zxid 4294967297 ok");
        Bench again = bench.restarted();
        assertThat(again.replica.status().appliedZxid()).isEqualTo(0x1_0000_0001L);
        again.connect(2);
        again.exists(2, 1, "/b", false);
        assertThat(again.said()).containsExactly("2: xid 1 zxid 4294967298 ok");
    }

    /** A disk with an empty tree at that zxid. */
    private static MemoryDisk renamedTo(long zxid) {
        MemoryDisk disk = Bench.standalone().logLane;
        byte[] empty = disk.files.remove(DiskFile.snapshot("snapshot.0"));
        disk.files.put(DiskFile.snapshot("snapshot." + Long.toHexString(zxid)), empty);
        return disk;
    }

    @Test
    @DisplayName("nodes of very many sessions that nobody knows are removed at the start, as the log has room")
    void manyUnknownOwners() {
        DataTree tree = new DataTree(new NodeKinds(false, false));
        String name = "/" + "e".repeat(200_000);
        for (int i = 1; i <= 200; i++) {
            NodePath path = NodePath.of(name + i);
            tree.create(path, null, Acl.OPEN, i % 40 + 1, -1, new TxnStamp(i, 1), new ArrayList<>());
            tree.setLastZxid(i);
        }
        Bench bench = new Bench(ReplicaOptions.defaults(), snapshotWithoutSessions(tree));
        assertThat(bench.replica.status().ephemerals()).isEqualTo(200);
        bench.advanceMillis(1);
        for (int turn = 0; turn < 40; turn++) {
            bench.settle();
            bench.advanceMillis(1);
        }
        assertThat(bench.replica.status().ephemerals()).isZero();
    }

    private static MemoryDisk snapshotWithoutSessions(DataTree tree) {
        MemoryDisk disk = new MemoryDisk();
        SnapshotWriter writer = new SnapshotWriter(disk, new TicketSource(), SnapshotOptions.DEFAULT);
        writer.begin(tree.freeze(), List.of());
        while (writer.isActive()) {
            writer.endOfTurn();
            disk.completeAll(writer::onDiskCompleted);
        }
        return disk;
    }
}
