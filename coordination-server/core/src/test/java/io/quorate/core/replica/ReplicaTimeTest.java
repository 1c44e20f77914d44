package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What time and the disk do to a replica: expiry, containers, a full disk, a broken one, a restart. */
class ReplicaTimeTest {

    private final Bench bench = Bench.standalone();

    @Test
    @DisplayName("a silent session expires after its timeout, its ephemerals go, its connection is closed")
    void expiry() {
        bench.connect(1);
        bench.connect(2);
        bench.create(1, 1, "/e", 1);
        bench.settle();
        bench.exists(2, 1, "/e", true);
        bench.said();
        for (int second = 0; second < 10; second++) {
            bench.advanceMillis(1000);
            bench.ping(2);
            bench.settle();
        }
        assertThat(bench.said()).allMatch(line -> line.startsWith("2: xid -2"));
        for (int second = 0; second < 2; second++) {
            bench.advanceMillis(1000);
            bench.settle();
        }
        assertThat(bench.said()).containsExactly("2: event 2 /e zxid 4", "1: closed SESSION_EXPIRED");
    }

    @Test
    @DisplayName("the next deadline is when something is due, so that an idle server can sleep")
    void nextDeadline() {
        bench.connect(1);
        passMarkPause();
        long deadlineMillis = bench.replica.nextDeadlineNanos() / Bench.NANOS_PER_MILLI;
        // opened at 1000 with 10 s, in buckets of 3 s
        assertThat(deadlineMillis).isEqualTo(12_000);
    }

    /** The log notes a moment later what is durable, and wants to be called for it. */
    private void passMarkPause() {
        bench.advanceMillis(100);
        bench.settle();
    }

    @Test
    @DisplayName("a connection that does not shake hands is closed after its time")
    void idleHandshake() {
        bench.open(1);
        bench.advanceMillis(9_999);
        assertThat(bench.said()).isEmpty();
        bench.advanceMillis(1);
        assertThat(bench.said()).containsExactly("1: closed IDLE_WITHOUT_SESSION");
    }

    @Test
    @DisplayName("a container that lost its last child is removed at a check, one that never had any is not")
    void containers() {
        bench.connect(1);
        bench.request(1, 1, OpCode.CREATE_CONTAINER, Bench.createBody("/used", 4));
        bench.request(1, 2, OpCode.CREATE_CONTAINER, Bench.createBody("/new", 4));
        bench.create(1, 3, "/used/child", 0);
        bench.delete(1, 4, "/used/child");
        bench.settle();
        bench.said();
        for (int second = 0; second < 60; second++) {
            bench.advanceMillis(1000);
            bench.ping(1);
            bench.settle();
        }
        bench.said();
        bench.exists(1, 5, "/used", false);
        bench.exists(1, 6, "/new", false);
        assertThat(bench.said()).containsExactly("1: xid 5 zxid 6 error -101", "1: xid 6 zxid 6 ok");
    }

    @Test
    @DisplayName("on a full disk writes are refused and reads served, until there is room again")
    void fullDisk() {
        bench.connect(1);
        bench.logLane.capacity = 0;
        int xid = 1;
        while (!bench.events.contains("writes refused")) {
            bench.request(1, xid++, OpCode.CREATE, largeCreate("/big" + xid));
            bench.settle();
            assertThat(xid).as("writes until the disk is found full").isLessThan(1000);
        }
        bench.said();
        bench.create(1, 5000, "/refused", 0);
        bench.exists(1, 5001, "/", false);
        assertThat(bench.said()).hasSize(2).first().asString().endsWith("error -119");

        bench.logLane.capacity = Long.MAX_VALUE;
        for (int tries = 0; tries < 3; tries++) {
            bench.advanceMillis(1000);
            bench.settle();
        }
        assertThat(bench.events).endsWith("writes accepted again");
        bench.said();
        bench.create(1, 5002, "/accepted", 0);
        bench.settle();
        assertThat(bench.said()).hasSize(1).first().asString().endsWith("ok");
    }

    @Test
    @DisplayName("a snapshot that fails is tried again after a while, and the server serves meanwhile")
    void failedSnapshot() {
        bench.connect(1);
        bench.bulkLane.failing = "force";
        bench.replica.requestSnapshot();
        bench.settle();
        assertThat(bench.events).contains("snapshot failed");
        bench.create(1, 1, "/a", 0);
        bench.settle();
        assertThat(bench.said()).containsExactly("1: xid 1 zxid 2 ok");
        bench.bulkLane.failing = "nothing";
        passMarkPause();
        assertThat(bench.replica.nextDeadlineNanos()).isEqualTo(6_000 * Bench.NANOS_PER_MILLI);
        bench.advanceMillis(5_000);
        bench.settle();
        assertThat(bench.replica.status().snapshotZxid()).isEqualTo(2);
    }

    @Test
    @DisplayName("a large tree is not written again for a few small changes, however many transactions they are")
    void snapshotsAreInProportionToTheLog() {
        Bench counting = new Bench(withSnapCount(20));
        counting.connect(1);
        int xid = 1;
        for (; xid <= 30; xid++) {
            counting.request(1, xid, OpCode.CREATE, create("/big" + xid, 10_000));
            counting.settle();
        }
        counting.replica.requestSnapshot();
        counting.settle();
        long first = counting.replica.status().snapshotZxid();
        assertThat(first).isEqualTo(xid);
        for (; xid <= 130; xid++) {
            counting.setData(1, xid, "/big1", -1);
            counting.settle();
        }
        assertThat(counting.replica.status().snapshotZxid())
                .as("a hundred transactions")
                .isEqualTo(first);
        for (; xid <= 160; xid++) {
            counting.request(1, xid, OpCode.CREATE, create("/big" + xid, 10_000));
            counting.settle();
        }
        assertThat(counting.replica.status().snapshotZxid()).isGreaterThan(first + 100);
    }

    private static ReplicaOptions withSnapCount(int snapCount) {
        return ReplicaOptions.defaults()
                .withStorage(new ReplicaOptions.Storage(snapCount, 4L << 30, 0, 1 << 20, 3, false));
    }

    private static WireWriter largeCreate(String path) {
        return create(path, 1_000_000);
    }

    private static WireWriter create(String path, int bytes) {
        WireWriter body = new WireWriter(1 << 20);
        body.writePath(io.quorate.core.base.NodePath.of(path)).writeBuffer(new byte[bytes]);
        io.quorate.core.wire.Acl.writeList(body, io.quorate.core.wire.Acl.OPEN);
        return body.writeInt(0);
    }

    @Test
    @DisplayName("a failed force is fatal, and nothing behind it is acknowledged")
    void failedForce() {
        bench.connect(1);
        bench.logLane.failing = "force";
        bench.create(1, 1, "/a", 0);
        bench.settle();
        assertThat(bench.said()).isEmpty();
        assertThat(bench.replica.fatalFailure()).contains("log.1").contains("the medium is broken");
    }

    @Test
    @DisplayName("after a restart everything acknowledged is there, and a session can be resumed")
    void restart() {
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        bench.create(1, 2, "/a/e", 1);
        bench.settle();
        Bench again = bench.restarted();
        again.open(1);
        again.handshake(1, 3, bench.lastSessionId, bench.lastPassword);
        again.exists(1, 1, "/a/e", false);
        again.create(1, 2, "/a/s-", 2);
        again.settle();
        assertThat(again.said()).containsExactly("1: connected 10000", "1: xid 1 zxid 3 ok", "1: xid 2 zxid 4 ok");
        assertThat(again.replica.status().digest())
                .isNotEqualTo(bench.replica.status().digest());
    }

    @Test
    @DisplayName("sessions restored at a start get their whole timeout")
    void restoredSessionsGetTheirTimeout() {
        bench.connect(1);
        Bench again = bench.restarted();
        long deadlineMillis = again.replica.nextDeadlineNanos() / Bench.NANOS_PER_MILLI;
        assertThat(deadlineMillis).isEqualTo(12_000);
    }
}
