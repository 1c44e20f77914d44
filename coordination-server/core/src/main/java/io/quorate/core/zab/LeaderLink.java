package io.quorate.core.zab;

import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.core.quorum.HostPort;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.QuorumPacket;
import java.util.List;

/**
 * A learner's connection to its leader: asked for at one address after the other, a few times, within a limit; and how
 * long the leader may be silent on it.
 */
final class LeaderLink {

    private static final int MAX_ATTEMPTS = 5;
    private static final long RETRY_NANOS = 100_000_000;
    private static final int MIN_CONNECT_MILLIS = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NO_LINK = -1;

    private final Member member;
    private final PeerLinks port;
    private final List<HostPort> addresses;
    private final WireWriter out = new WireWriter(256);
    /** Not asked for from here on. */
    private long limitNanos;

    private long link;
    private int attempts;
    /** When it is asked for, while there is none. */
    private long dueNanos;
    /** When the leader gave its last sign of life, or this server last had no ear for it. */
    private long heardNanos;
    /** How long it may be silent. */
    private long patienceNanos;

    /** @param addresses where the leader may be reached */
    LeaderLink(Member member, List<HostPort> addresses) {
        this.member = member;
        this.addresses = addresses;
        port = member.links();
        begin();
    }

    private void begin() {
        link = NO_LINK;
        attempts = 0;
        dueNanos = member.time().nanos();
        limitNanos = dueNanos + member.timing().connectLimitNanos();
        heardNanos = dueNanos;
        patienceNanos = member.timing().initLimitNanos();
    }

    /** Leaves this connection for a new one, as at the beginning. */
    void renew() {
        close();
        begin();
    }

    boolean is(long asked) {
        return link == asked;
    }

    /** Whether it stands or is being made. */
    boolean isThere() {
        return link != NO_LINK;
    }

    /** When {@link #connect} is wanted; {@link Long#MAX_VALUE} while the link is there. */
    long dueNanos() {
        return isThere() ? Long.MAX_VALUE : dueNanos;
    }

    /** Asks for it. @return false when it has been asked for often or long enough */
    boolean connect() {
        long leftNanos = limitNanos - member.time().nanos();
        if (attempts == MAX_ATTEMPTS || leftNanos <= 0) {
            return false;
        }
        HostPort address = addresses.get(attempts % addresses.size());
        attempts++;
        int timeout = (int) Math.min(member.timing().connectTimeoutMillis(), leftNanos / NANOS_PER_MILLI);
        link = port.connect(Purpose.QUORUM, address.host(), address.port(), Math.max(MIN_CONNECT_MILLIS, timeout));
        return true;
    }

    void onClosed() {
        link = NO_LINK;
        dueNanos = member.time().nanos() + RETRY_NANOS;
    }

    /** The leader is not to be blamed for silence up to now. */
    void onHeard() {
        heardNanos = member.time().nanos();
    }

    void setPatience(long nanos) {
        patienceNanos = nanos;
    }

    /** When the leader has been silent for too long. */
    long patienceEndNanos() {
        return heardNanos + patienceNanos;
    }

    void send(QuorumPacket packet) {
        packet.writeTo(writer());
        sendWritten();
    }

    /** For packets that are put together by the caller; {@link #sendWritten} sends them. */
    WireWriter writer() {
        out.clear();
        return out;
    }

    /** Sends what {@link #writer} has got, if it has got anything. */
    void sendWritten() {
        if (out.size() > 0) {
            port.send(link, out.written());
        }
    }

    /** Writes of clients take this way. */
    LearnerWrites openWrites() {
        return new LearnerWrites(port, link);
    }

    void close() {
        if (isThere()) {
            port.close(link);
        }
    }
}
