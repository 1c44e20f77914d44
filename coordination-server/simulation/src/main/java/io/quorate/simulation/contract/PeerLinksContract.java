package io.quorate.simulation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.core.quorum.HostPort;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link io.quorate.core.port.PeerLinks} and {@link PeerInputs} on a network that works. */
public abstract class PeerLinksContract {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int SHORT_TIMEOUT_MILLIS = 300;
    private static final long PATIENCE_NANOS = 40_000_000_000L;
    private static final int CHUNK_BYTES = 64 << 10;
    /** More than a socket's buffers hold, on either side. */
    private static final int MUCH_BYTES = 32 << 20;

    private static final int MANY_LINKS = 2000;
    private static final int LINKS_AT_ONCE = 100;

    private final PeerRecorder atA = new PeerRecorder();
    private final PeerRecorder atB = new PeerRecorder();
    private PeerEdge a;
    private PeerEdge b;

    /** A member that listens on both of its ports, and whose inputs go there. */
    protected abstract PeerEdge edge(String name, PeerInputs inputs);

    /** One turn of every member: what has arrived is told, then what was sent leaves. */
    protected abstract void turn();

    /** The clock by which the network's timeouts run. */
    protected abstract long nowNanos();

    /** Where nobody listens, and the system says so. */
    protected abstract HostPort closedPort();

    /** Where nobody says anything. */
    protected abstract HostPort blackHole();

    protected abstract String unknownHost();

    @BeforeEach
    final void makeMembers() {
        a = edge("a", atA);
        b = edge("b", atB);
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = nowNanos() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(nowNanos()).as("in time: %s", what).isLessThan(deadline);
            turn();
        }
    }

    private void someTurns() {
        for (int i = 0; i < 20; i++) {
            turn();
        }
    }

    private long connect(PeerEdge from, PeerRecorder recorder, Purpose purpose, HostPort to, int timeoutMillis) {
        long link = from.links().connect(purpose, to.host(), to.port(), timeoutMillis);
        recorder.asked(link);
        return link;
    }

    private long connectToB(Purpose purpose) {
        return connect(a, atA, purpose, new HostPort(b.host(), b.port(purpose)), TIMEOUT_MILLIS);
    }

    /** A standing link from a to b, as a names it, and as b does. */
    private long[] pair(Purpose purpose) {
        long link = connectToB(purpose);
        int before = atB.accepted().size();
        await("connected", () -> atA.told(link).stands() && atB.accepted().size() > before);
        return new long[] {link, atB.accepted().get(before)};
    }

    private static byte[] content(int size, int seed) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8) * 7 + seed);
        }
        return bytes;
    }

    private void close(PeerEdge edge, PeerRecorder recorder, long link) {
        recorder.closes(link);
        edge.links().close(link);
    }

    private void awaitBothClosed(long[] link) {
        await("closed", () -> atA.told(link[0]).isClosed() && atB.told(link[1]).isClosed());
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        someTurns();
        assertThat(a.openLinks()).as("links of a").isZero();
        assertThat(b.openLinks()).as("links of b").isZero();
    }

    @Test
    void eachPortIsForItsPurpose() {
        long[] election = pair(Purpose.ELECTION);
        long[] quorum = pair(Purpose.QUORUM);

        assertThat(election[0]).as("a number names one link").isNotEqualTo(quorum[0]);
        assertThat(atB.accepted(Purpose.ELECTION)).containsExactly(election[1]);
        assertThat(atB.accepted(Purpose.QUORUM)).containsExactly(quorum[1]);
        assertThat(atA.accepted()).isEmpty();
    }

    @Test
    void bytesArriveInOrderInBothDirections() {
        long[] link = pair(Purpose.QUORUM);
        byte[] there = content(1_000_000, 1);
        byte[] back = content(700_000, 2);
        ByteBuffer reused = ByteBuffer.allocate(CHUNK_BYTES);
        for (int at = 0, size = 1; at < there.length; at += size, size = size * 3 % 60_001 + 1) {
            size = Math.min(size, there.length - at);
            reused.clear().put(there, at, size).flip();
            a.links().send(link[0], reused);
            reused.clear().put(new byte[CHUNK_BYTES]);
        }
        b.links().send(link[1], ByteBuffer.wrap(back));
        await(
                "everything",
                () -> atB.told(link[1]).size() >= there.length
                        && atA.told(link[0]).size() >= back.length);

        assertThat(atB.told(link[1]).bytes()).isEqualTo(there);
        assertThat(atA.told(link[0]).bytes()).isEqualTo(back);
    }

    @Test
    void whereverSendsAreCutTheStreamIsTheSame() {
        long[] link = pair(Purpose.ELECTION);
        byte[] message = content(60, 3);
        int sent = 0;
        for (int cut = 0; cut <= message.length; cut++) {
            a.links().send(link[0], ByteBuffer.wrap(message, 0, cut));
            if (cut % 2 == 0) {
                turn();
            }
            a.links().send(link[0], ByteBuffer.wrap(message, cut, message.length - cut));
            sent += message.length;
        }
        int all = sent;
        await("everything", () -> atB.told(link[1]).size() >= all);

        ByteBuffer expected = ByteBuffer.allocate(all);
        while (expected.hasRemaining()) {
            expected.put(message);
        }
        assertThat(atB.told(link[1]).bytes()).isEqualTo(expected.array());
    }

    @Test
    void sendingLeavesTheBufferAsItWas() {
        long[] link = pair(Purpose.ELECTION);
        ByteBuffer shared = ByteBuffer.wrap(content(10, 0)).position(2).limit(8);
        a.links().send(link[0], shared);
        a.links().send(link[0], shared);
        assertThat(shared.remaining()).isEqualTo(6);
        await("both", () -> atB.told(link[1]).size() == 12);
    }

    @Test
    void whatIsSentBeforeTheConnectionStandsLeavesThen() {
        long link = connectToB(Purpose.ELECTION);
        byte[] early = content(300_000, 5);
        a.links().send(link, ByteBuffer.wrap(early));
        await("the beginning", () -> !atB.accepted().isEmpty());
        long other = atB.accepted().get(0);
        await("everything", () -> atB.told(other).size() >= early.length);
        assertThat(atB.told(other).bytes()).isEqualTo(early);
        assertThat(atA.told(link).stands()).isTrue();
    }

    @Test
    void whereNobodyListensIsFoundOut() {
        long link = connect(a, atA, Purpose.QUORUM, closedPort(), TIMEOUT_MILLIS);
        await("refused", () -> atA.told(link).isClosed());
        assertThat(atA.told(link).stands()).isFalse();
        assertNothingIsLeft();
    }

    @Test
    void aNameThatLeadsNowhereIsFoundOut() {
        long link = connect(a, atA, Purpose.QUORUM, new HostPort(unknownHost(), 2888), TIMEOUT_MILLIS);
        await("unknown", () -> atA.told(link).isClosed());
        assertThat(atA.told(link).stands()).isFalse();
        assertNothingIsLeft();
    }

    @Test
    void aPortThatIsNoneIsFoundOut() {
        for (int port : new int[] {0, -1, 70_000}) {
            long link = connect(a, atA, Purpose.QUORUM, new HostPort(b.host(), port), TIMEOUT_MILLIS);
            await("no port", () -> atA.told(link).isClosed());
            assertThat(atA.told(link).stands()).isFalse();
        }
        assertNothingIsLeft();
    }

    @Test
    void whereNobodyAnswersIsGivenUp() {
        long begun = nowNanos();
        long link = connect(a, atA, Purpose.QUORUM, blackHole(), SHORT_TIMEOUT_MILLIS);
        await("given up", () -> atA.told(link).isClosed());
        assertThat(atA.told(link).stands()).isFalse();
        assertThat(nowNanos() - begun).as("not before the time is over").isGreaterThan(250_000_000L);
        assertNothingIsLeft();
    }

    @Test
    void anAttemptMayBeGivenUp() {
        long unanswered = connect(a, atA, Purpose.QUORUM, blackHole(), TIMEOUT_MILLIS);
        long atOnce = connectToB(Purpose.QUORUM);
        a.links().send(atOnce, ByteBuffer.wrap(content(100, 0)));
        close(a, atA, atOnce);
        turn();
        close(a, atA, unanswered);
        await(
                "given up",
                () -> atA.told(unanswered).isClosed() && atA.told(atOnce).isClosed());
        await("nothing left", () -> a.openLinks() == 0 && b.openLinks() == 0);
        assertNothingIsLeft();
    }

    @Test
    void aCloseFollowsWhatWasSent() {
        long[] link = pair(Purpose.QUORUM);
        byte[] last = content(3_000_000, 4);
        a.links().send(link[0], ByteBuffer.wrap(last));
        close(a, atA, link[0]);
        a.links().send(link[0], ByteBuffer.wrap(content(10, 0)));
        awaitBothClosed(link);
        assertThat(atB.told(link[1]).bytes()).isEqualTo(last);
    }

    @Test
    void anAcceptedLinkIsClosedLikewise() {
        long[] link = pair(Purpose.ELECTION);
        b.links().send(link[1], ByteBuffer.wrap(content(5, 9)));
        close(b, atB, link[1]);
        awaitBothClosed(link);
        assertThat(atA.told(link[0]).bytes()).isEqualTo(content(5, 9));
    }

    @Test
    void whoHasClosedHearsOnlyOfTheEnd() {
        long[] link = pair(Purpose.QUORUM);
        byte[] chunk = content(CHUNK_BYTES, 1);
        for (int i = 0; i < 20; i++) {
            b.links().send(link[1], ByteBuffer.wrap(chunk));
            turn();
        }
        b.links().send(link[1], ByteBuffer.wrap(chunk));
        close(a, atA, link[0]);
        for (int i = 0; i < 20; i++) {
            b.links().send(link[1], ByteBuffer.wrap(chunk));
            turn();
        }
        awaitBothClosed(link);
    }

    @Test
    void bothMayCloseAtOnce() {
        long[] link = pair(Purpose.QUORUM);
        close(a, atA, link[0]);
        close(b, atB, link[1]);
        awaitBothClosed(link);
    }

    @Test
    void commandsToALinkThatIsGoneAreIgnored() {
        long[] link = pair(Purpose.QUORUM);
        close(a, atA, link[0]);
        awaitBothClosed(link);
        for (long gone : new long[] {link[0], 987_654_321L}) {
            a.links().send(gone, ByteBuffer.wrap(content(10, 0)));
            a.links().pauseReading(gone);
            a.links().resumeReading(gone);
            a.links().close(gone);
        }
        assertNothingIsLeft();
    }

    /** Sends until the network takes no more for the moment; returns how much. */
    private int fill(long link) {
        byte[] chunk = content(CHUNK_BYTES, 7);
        int sent = 0;
        while (atA.told(link).isWritable()) {
            assertThat(sent).as("a network has an end").isLessThan(MUCH_BYTES);
            a.links().send(link, ByteBuffer.wrap(chunk));
            sent += chunk.length;
            turn();
        }
        return sent;
    }

    @Test
    void aReaderThatPausesSlowsTheSenderDownAndLosesNothing() {
        long[] link = pair(Purpose.QUORUM);
        long[] other = pair(Purpose.QUORUM);
        b.links().pauseReading(link[1]);
        turn();
        int sent = fill(link[0]);
        someTurns();
        assertThat(atB.told(link[1]).size()).as("while paused").isZero();
        a.links().send(other[0], ByteBuffer.wrap(content(9, 1)));
        await("the other link", () -> atB.told(other[1]).size() == 9);

        b.links().resumeReading(link[1]);
        await("everything", () -> atB.told(link[1]).size() >= sent);
        await("room again", () -> atA.told(link[0]).isWritable());
        byte[] chunk = content(CHUNK_BYTES, 7);
        byte[] arrived = atB.told(link[1]).bytes();
        assertThat(arrived).hasSize(sent);
        for (int at = 0; at < sent; at += CHUNK_BYTES) {
            assertThat(ByteBuffer.wrap(arrived, at, CHUNK_BYTES)).isEqualTo(ByteBuffer.wrap(chunk));
        }
    }

    @Test
    void aReaderThatTakesNothingDoesNotKeepALinkFromClosing() {
        long[] link = pair(Purpose.QUORUM);
        b.links().pauseReading(link[1]);
        turn();
        fill(link[0]);
        close(a, atA, link[0]);
        await("closed without the last bytes", () -> atA.told(link[0]).isClosed());
        assertThat(a.openLinks()).isZero();
        b.links().resumeReading(link[1]);
        await("noticed at the other side", () -> atB.told(link[1]).isClosed());
    }

    @Test
    void linksComeAndGoByTheThousand() {
        List<long[]> open = new ArrayList<>();
        for (int made = 0; made < MANY_LINKS; made++) {
            Purpose purpose = made % 3 == 0 ? Purpose.ELECTION : Purpose.QUORUM;
            long[] link = pair(purpose);
            a.links().send(link[0], ByteBuffer.wrap(content(10, made)));
            open.add(link);
            if (open.size() == LINKS_AT_ONCE) {
                closeAll(open);
                open.clear();
            }
        }
        closeAll(open);
        assertThat(new HashSet<>(atB.accepted())).hasSize(MANY_LINKS);
        assertNothingIsLeft();
    }

    private void closeAll(List<long[]> open) {
        for (long[] link : open) {
            await("the message", () -> atB.told(link[1]).size() == 10);
            if (link[0] % 2 == 0) {
                close(a, atA, link[0]);
            } else {
                close(b, atB, link[1]);
            }
        }
        for (long[] link : open) {
            await(
                    "closed",
                    () -> atA.told(link[0]).isClosed() && atB.told(link[1]).isClosed());
        }
    }
}
