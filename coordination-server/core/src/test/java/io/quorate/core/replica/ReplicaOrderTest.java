package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a connection sees, and when: durability before answers, events before replies, first in first out. */
class ReplicaOrderTest {

    private final Bench bench = Bench.standalone();

    @Test
    @DisplayName("a session exists when its creation is durable, and not before")
    void handshakeWaitsForTheDisk() {
        bench.open(1);
        bench.handshake(1, 0, 0, new byte[16]);
        bench.turn();
        assertThat(bench.said()).isEmpty();
        bench.settle();
        assertThat(bench.said()).containsExactly("1: connected 10000");
    }

    @Test
    @DisplayName("a write is answered when it is durable, and not before")
    void writeWaitsForTheDisk() {
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        bench.turn();
        assertThat(bench.said()).isEmpty();
        bench.settle();
        assertThat(bench.said()).containsExactly("1: xid 1 zxid 2 ok");
    }

    @Test
    @DisplayName("a read behind an own write waits for it; a read of another session does not")
    void readsWaitForOwnWritesOnly() {
        bench.connect(1);
        bench.connect(2);
        bench.create(1, 1, "/a", 0);
        bench.exists(1, 2, "/a", false);
        bench.exists(2, 1, "/a", false);
        bench.turn();
        assertThat(bench.said()).containsExactly("2: xid 1 zxid 2 error -101");
        bench.settle();
        assertThat(bench.said()).containsExactly("1: xid 1 zxid 3 ok", "1: xid 2 zxid 3 ok");
    }

    @Test
    @DisplayName("a read between two pipelined writes sees the first and not the second")
    void readBetweenWrites() {
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        bench.exists(1, 2, "/b", false);
        bench.create(1, 3, "/b", 0);
        bench.settle();
        assertThat(bench.said())
                .containsExactly("1: xid 1 zxid 2 ok", "1: xid 2 zxid 2 error -101", "1: xid 3 zxid 3 ok");
    }

    @Test
    @DisplayName("pipelined writes see each other; a refusal consumes no zxid")
    void pipelinedWrites() {
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        bench.create(1, 2, "/a", 0);
        bench.create(1, 3, "/a/b", 0);
        bench.setData(1, 4, "/a", 0);
        bench.setData(1, 5, "/a", 0);
        bench.settle();
        assertThat(bench.said())
                .containsExactly(
                        "1: xid 1 zxid 2 ok",
                        "1: xid 2 zxid 2 error -110",
                        "1: xid 3 zxid 3 ok",
                        "1: xid 4 zxid 4 ok",
                        "1: xid 5 zxid 4 error -103");
    }

    @Test
    @DisplayName("a refusal that speaks of another session's undurable write waits for that write")
    void refusalWaitsForWhatItWasJudgedBy() {
        bench.connect(1);
        bench.connect(2);
        bench.create(1, 1, "/a", 0);
        bench.create(2, 1, "/a", 0);
        bench.turn();
        assertThat(bench.said()).isEmpty();
        bench.settle();
        assertThat(bench.said()).containsExactly("1: xid 1 zxid 3 ok", "2: xid 1 zxid 3 error -110");
    }

    @Test
    @DisplayName("the event of a change comes before any reply that reflects it, the own write's included")
    void eventBeforeReply() {
        bench.connect(1);
        bench.exists(1, 1, "/a", true);
        bench.create(1, 2, "/a", 0);
        bench.settle();
        assertThat(bench.said())
                .containsExactly("1: xid 1 zxid 1 error -101", "1: event 1 /a zxid 2", "1: xid 2 zxid 2 ok");
    }

    @Test
    @DisplayName("frames behind the handshake wait until the session is there, then run in order")
    void framesBehindTheHandshake() {
        bench.open(1);
        bench.handshake(1, 0, 0, new byte[16]);
        bench.create(1, 1, "/a", 0);
        bench.ping(1);
        bench.turn();
        assertThat(bench.said()).isEmpty();
        bench.settle();
        assertThat(bench.said()).containsExactly("1: connected 10000", "1: xid 1 zxid 2 ok", "1: xid -2 zxid 2 ok");
    }

    @Test
    @DisplayName("closeSession takes pipelined ephemerals along, is answered, and then the connection closes")
    void closeSession() {
        bench.connect(1);
        bench.connect(2);
        bench.create(1, 1, "/e", 1);
        bench.exists(2, 1, "/e", true);
        bench.settle();
        bench.said();
        bench.exists(2, 2, "/e", true);
        bench.create(1, 2, "/f", 1);
        bench.request(1, 3, OpCode.CLOSE_SESSION, new WireWriter(1));
        bench.create(1, 4, "/never", 0);
        bench.settle();
        bench.exists(2, 3, "/f", false);
        bench.exists(2, 4, "/never", false);
        assertThat(bench.said())
                .containsExactly(
                        "2: xid 2 zxid 3 ok",
                        "1: xid 2 zxid 4 ok",
                        "2: event 2 /e zxid 5",
                        "1: xid 3 zxid 5 ok",
                        "1: closed SESSION_CLOSED",
                        "2: xid 3 zxid 5 error -101",
                        "2: xid 4 zxid 5 error -101");
    }

    @Test
    @DisplayName("what a client sent before it went is executed; nobody is answered")
    void requestsOfAClientThatIsGone() {
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        bench.exists(1, 2, "/a", true);
        bench.replica.onClientClosed(1);
        bench.settle();
        assertThat(bench.said()).isEmpty();
        bench.connect(2);
        bench.setData(2, 1, "/a", 0);
        bench.settle();
        assertThat(bench.said()).containsExactly("2: xid 1 zxid 4 ok");
    }

    @Test
    @DisplayName("a resumption takes the session over, and a wrong password does not touch who has it")
    void resumption() {
        bench.connect(1);
        long session = bench.lastSessionId;
        byte[] password = bench.lastPassword;
        bench.open(2);
        bench.handshake(2, 0, session, new byte[16]);
        assertThat(bench.said()).containsExactly("2: session invalid", "2: closed SESSION_INVALID");
        bench.open(3);
        bench.handshake(3, 0, session, password);
        assertThat(bench.said()).containsExactly("1: closed SESSION_RESUMED_ELSEWHERE", "3: connected 10000");
        bench.ping(1);
        bench.ping(3);
        assertThat(bench.said()).containsExactly("3: xid -2 zxid 1 ok");
    }

    @Test
    @DisplayName("a client that has seen a later state is turned away; one that is level is not")
    void clientFromTheFuture() {
        bench.connect(1);
        bench.open(2);
        bench.handshake(2, 2, 0, new byte[16]);
        assertThat(bench.said()).containsExactly("2: closed ZXID_AHEAD");
        bench.open(3);
        bench.handshake(3, 1, 0, new byte[16]);
        bench.settle();
        assertThat(bench.said()).containsExactly("3: connected 10000");
    }

    @Test
    @DisplayName("an unknown operation is refused behind the answers it waited for; nothing behind it is executed")
    void unknownOperationKeepsItsPlace() {
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        bench.exists(1, 2, "/a", false);
        bench.request(1, 3, OpCode.CREATE_SESSION, new WireWriter(1));
        bench.create(1, 4, "/never", 0);
        bench.turn();
        assertThat(bench.said()).isEmpty();
        bench.settle();
        assertThat(bench.said())
                .containsExactly(
                        "1: xid 1 zxid 2 ok",
                        "1: xid 2 zxid 2 ok",
                        "1: xid 3 zxid -1 error -6",
                        "1: closed UNKNOWN_OPERATION");
        assertThat(bench.replica.status().appliedZxid()).isEqualTo(2);
    }

    @Test
    @DisplayName("frames behind an unknown operation are dropped too when all of them had been held")
    void unknownOperationBehindTheHandshake() {
        bench.open(1);
        bench.handshake(1, 0, 0, new byte[16]);
        bench.create(1, 1, "/a", 0);
        bench.request(1, 2, OpCode.CREATE_SESSION, new WireWriter(1));
        bench.create(1, 3, "/never", 0);
        bench.settle();
        assertThat(bench.said())
                .containsExactly(
                        "1: connected 10000",
                        "1: xid 1 zxid 2 ok",
                        "1: xid 2 zxid -1 error -6",
                        "1: closed UNKNOWN_OPERATION");
    }

    @Test
    @DisplayName("a failed authentication is refused in its turn; nothing behind it is executed")
    void failedAuthenticationKeepsItsPlace() {
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        bench.request(
                1,
                -4,
                OpCode.AUTH,
                new WireWriter(16).writeInt(0).writeString("nobody").writeBuffer(new byte[0]));
        bench.create(1, 2, "/never", 0);
        bench.settle();
        assertThat(bench.said())
                .containsExactly(
                        "1: xid 1 zxid 2 ok", "1: xid -4 zxid 0 error -115", "1: closed AUTHENTICATION_FAILED");
        assertThat(bench.replica.status().appliedZxid()).isEqualTo(2);
    }
}
