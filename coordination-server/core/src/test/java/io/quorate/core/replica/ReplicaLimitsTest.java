package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.Limits;
import io.quorate.core.base.NodePath;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nothing grows without a bound, and what is beyond a bound is refused without harm to others. */
class ReplicaLimitsTest {

    private static final int THROTTLED = -127;

    @Test
    @DisplayName("a read that would add one watch too many is refused; the same read without a watch is served")
    void watches() {
        Bench bench = new Bench(with(limits(2, 1 << 20, 0, -1), ThrottleOptions.OFF));
        bench.connect(1);
        bench.exists(1, 1, "/a", true);
        bench.exists(1, 2, "/b", true);
        bench.exists(1, 3, "/c", true);
        bench.exists(1, 4, "/c", false);
        assertThat(bench.said())
                .containsExactly(
                        "1: xid 1 zxid 1 error -101",
                        "1: xid 2 zxid 1 error -101",
                        "1: xid 3 zxid 1 error " + THROTTLED,
                        "1: xid 4 zxid 1 error -101");
        assertThat(bench.events).containsOnlyOnce("limit WATCHES");
    }

    @Test
    @DisplayName("a reply beyond the limit is an error for that request alone")
    void replySize() {
        Bench bench = new Bench(with(limits(100, 60, 0, -1), ThrottleOptions.OFF));
        bench.connect(1);
        bench.create(1, 1, "/" + "x".repeat(80), 0);
        bench.settle();
        bench.said();
        bench.request(
                1,
                2,
                OpCode.GET_CHILDREN,
                new WireWriter(16).writePath(NodePath.ROOT).writeBool(true));
        bench.ping(1);
        assertThat(bench.said()).containsExactly("1: xid 2 zxid 2 error -5", "1: xid -2 zxid 2 ok");
        assertThat(bench.events).contains("limit REPLY_BYTES");
        assertThat(bench.replica.status().watches()).isZero();
    }

    @Test
    @DisplayName("a read that was held too long behind a write is refused unexecuted; the write is not")
    void longWait() {
        Bench bench = new Bench(with(limits(100, 1 << 20, 50, -1), ThrottleOptions.OFF));
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        bench.exists(1, 2, "/a", true);
        bench.turn();
        bench.advanceMillis(100);
        bench.settle();
        assertThat(bench.said()).containsExactly("1: xid 1 zxid 2 ok", "1: xid 2 zxid 2 error " + THROTTLED);
        assertThat(bench.events).contains("limit WAIT_TIME");
        assertThat(bench.replica.status().watches()).isZero();
    }

    @Test
    @DisplayName("credentials that waited long are accepted all the same: they have taken effect already")
    void longWaitOfCredentials() {
        Bench bench = new Bench(with(limits(100, 1 << 20, 50, -1), ThrottleOptions.OFF));
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        WireWriter credentials = new WireWriter(64).writeInt(0).writeString("digest");
        bench.request(1, -4, OpCode.AUTH, credentials.writeBuffer(new byte[] {'u'}));
        bench.turn();
        bench.advanceMillis(100);
        bench.settle();
        assertThat(bench.said()).containsExactly("1: xid 1 zxid 2 ok", "1: xid -4 zxid 0 ok");
    }

    @Test
    @DisplayName("large requests in flight beyond their limit close the connection that sends one more")
    void largeRequests() {
        Bench bench = new Bench(with(limits(100, 1 << 20, 0, 20), ThrottleOptions.OFF));
        bench.connect(1);
        bench.create(1, 1, "/a", 0);
        bench.create(1, 2, "/b", 0);
        assertThat(bench.said()).containsExactly("1: closed LARGE_REQUEST_LIMIT");
    }

    @Test
    @DisplayName("handshakes beyond the bucket are turned away until it has been filled again")
    void handshakes() {
        ThrottleOptions two = new ThrottleOptions(2, 100, 1, -1, 0, 0, 0, false, 3, 2);
        Bench bench = new Bench(with(Limits.DEFAULTS, two));
        bench.connect(1);
        bench.connect(2);
        bench.open(3);
        bench.handshake(3, 0, 0, new byte[16]);
        assertThat(bench.said()).containsExactly("3: closed CONNECTION_THROTTLED");
        bench.advanceMillis(100);
        bench.open(4);
        bench.handshake(4, 0, 0, new byte[16]);
        bench.settle();
        assertThat(bench.said()).containsExactly("4: connected 10000");
    }

    @Test
    @DisplayName("one address has so many connections and no more; one that goes makes room")
    void connectionsPerAddress() {
        Limits one = Limits.DEFAULTS.withLinks(Limits.DEFAULTS.links().withMaxPerAddress(1));
        Bench bench = new Bench(with(one, ThrottleOptions.OFF));
        bench.replica.onClientOpened(1, ClientOrigin.of("10.0.0.1"));
        bench.replica.onClientOpened(2, ClientOrigin.of("10.0.0.1"));
        bench.replica.onClientOpened(3, ClientOrigin.of("10.0.0.2"));
        assertThat(bench.said()).containsExactly("2: closed TOO_MANY_CONNECTIONS");
        bench.replica.onClientClosed(2);
        bench.replica.onClientClosed(1);
        bench.replica.onClientOpened(4, ClientOrigin.of("10.0.0.1"));
        assertThat(bench.said()).isEmpty();
    }

    private static Limits limits(int maxWatches, int maxReplyBytes, int maxWaitMillis, int largeBytes) {
        return new Limits(
                new Limits.Frames(1 << 20, 1 << 20, maxReplyBytes),
                new Limits.Links(0, 60, 1 << 20, 10_000, 3, 100),
                new Limits.Requests(1000, 0, maxWaitMillis, largeBytes, 60),
                maxWatches);
    }

    @Test
    @DisplayName("a credential beyond those that a connection may hold fails, and is counted")
    void identities() {
        Bench bench = new Bench(with(limits(100, 1 << 20, 0, -1), ThrottleOptions.OFF));
        bench.connect(1);
        for (int i = 1; i <= 3; i++) {
            WireWriter credentials = new WireWriter(64).writeInt(0).writeString("digest");
            bench.request(1, -4, OpCode.AUTH, credentials.writeBuffer(new byte[] {(byte) ('a' + i)}));
        }
        assertThat(bench.said())
                .containsExactly(
                        "1: xid -4 zxid 0 ok",
                        "1: xid -4 zxid 0 ok",
                        "1: xid -4 zxid 0 error -115",
                        "1: closed AUTHENTICATION_FAILED");
        assertThat(bench.events).contains("limit IDENTITIES");
    }

    @Test
    @DisplayName("while as many requests are in process as may be, no frame is taken; held ones go on by themselves")
    void inProcess() {
        Limits few = Limits.DEFAULTS.withRequests(Limits.DEFAULTS.requests().withMaxInProcess(2));
        Bench bench = new Bench(with(few, ThrottleOptions.OFF));
        bench.open(1);
        bench.handshake(1, 0, 0, new byte[16]);
        for (int i = 1; i <= 5; i++) {
            bench.create(1, i, "/a" + i, 0);
        }
        bench.turn();
        assertThat(bench.replica.takesFrames()).isTrue();
        for (int round = 0; round < 10 && bench.replica.takesFrames(); round++) {
            bench.settleOnce();
        }
        assertThat(bench.replica.takesFrames()).isFalse();
        assertThat(bench.replica.status().outstanding()).isEqualTo(2);
        bench.settle();
        assertThat(bench.said())
                .containsExactly(
                        "1: connected 10000",
                        "1: xid 1 zxid 2 ok",
                        "1: xid 2 zxid 3 ok",
                        "1: xid 3 zxid 4 ok",
                        "1: xid 4 zxid 5 ok",
                        "1: xid 5 zxid 6 ok");
        assertThat(bench.replica.takesFrames()).isTrue();
    }

    private static ReplicaOptions with(Limits limits, ThrottleOptions throttle) {
        return ReplicaOptions.defaults().withLimits(limits).withThrottle(throttle);
    }
}
