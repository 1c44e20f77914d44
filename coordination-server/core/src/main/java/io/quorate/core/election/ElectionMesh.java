package io.quorate.core.election;

import io.quorate.core.base.Verify;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.quorum.HostPort;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.ElectionHandshake;
import io.quorate.core.wire.peer.Notification;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections that carry election messages: one per pair of members, dialled by the one with the larger id (quorum
 * protocol 2). Whoever connects is heard, member or not. {@link #onTime} comes before the other inputs of a turn.
 */
public final class ElectionMesh {

    /** Whom the mesh tells. May send at once, from within the call. */
    public interface Receiver {

        void onNotification(long fromServerId, Notification message);

        /** The last attempt to reach a member has failed. */
        void onUnreachable(long serverId);

        /** The connection to a member has been lost. */
        void onDisconnected(long serverId);

        /** A connection was closed because of what came, or did not come, over it. */
        void onRefused(String address, String reason);
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final int LONGEST_FRAME = 524_288;
    private static final int TYPICAL_FRAME = 512;
    /** Connections that have not said who they are, and those of servers that are no members. */
    private static final int MOST_STRANGERS = 256;

    private final long serverId;
    private final Membership membership;
    private final PeerLinks links;
    private final MeshTiming timing;
    private final Receiver receiver;
    private final byte[] handshake;
    private final TreeMap<Long, MeshLink> byLink = new TreeMap<>();
    /** Every member that was sent something or has connected; others only while they are connected or dialled. */
    private final TreeMap<Long, MeshPeer> byServer = new TreeMap<>();

    private final WireWriter writer = new WireWriter(TYPICAL_FRAME);
    /** That have come to stand so far. */
    private long connections;

    private int strangers;
    private long nextAnonymous = -1;
    private long nowNanos;
    /** Not later than the first deadline of any link or dial. */
    private long deadlineNanos = NEVER;

    /** @param membership lists this server, whose election address others are told */
    public ElectionMesh(long serverId, Membership membership, PeerLinks links, MeshTiming timing, Receiver receiver) {
        this.serverId = serverId;
        this.membership = membership;
        this.links = links;
        this.timing = timing;
        this.receiver = receiver;
        PeerServer self = membership.find(serverId);
        Verify.that(self != null, "the membership lists this server", serverId);
        this.handshake = new ElectionHandshake(serverId, MeshAddresses.announced(self)).toBytes();
    }

    // ------------------------------------------------------------------------------------------------------- sending

    /** As {@link Election.Output#send}. */
    public void send(long toServerId, Notification message) {
        MeshPeer peer = toServerId == serverId ? null : peer(toServerId);
        if (peer == null) {
            return;
        }
        peer.offer(message);
        if (peer.link() == null) {
            dial(peer);
        } else {
            flush(peer);
        }
    }

    /** As {@link Election.Output#connectAll}. */
    public void connectAll() {
        for (MeshPeer peer : List.copyOf(byServer.values())) {
            dial(peer);
        }
    }

    /** As {@link Election.Output#delivered}. */
    public boolean delivered() {
        for (MeshPeer peer : byServer.values()) {
            if (peer.delivered()) {
                return true;
            }
        }
        return false;
    }

    /** As {@link Election.Output#unreachable}. */
    public boolean unreachable(long memberId) {
        MeshPeer peer = byServer.get(memberId);
        return peer != null && peer.unreachable();
    }

    private void flush(MeshPeer peer) {
        MeshLink link = peer.link();
        if (link == null || !link.writable()) {
            return;
        }
        Notification message = peer.takeWaiting();
        if (message != null) {
            writer.clear();
            writer.writeInt(0);
            message.writeTo(writer);
            writer.setInt(0, writer.size() - Integer.BYTES);
            links.send(link.id(), writer.written());
        }
    }

    // ------------------------------------------------------------------------------------------------------- dialling

    /** Dials unless there is a connection or an attempt; not twice within the pause. */
    private void dial(MeshPeer peer) {
        if (!peer.isIdle()) {
            return;
        }
        if (nowNanos < peer.dialNotBeforeNanos()) {
            peer.wantDial();
            deadlineNanos = Math.min(deadlineNanos, peer.dialNotBeforeNanos());
        } else {
            peer.tryAll(addresses(peer));
            dialNext(peer);
        }
    }

    private List<HostPort> addresses(MeshPeer peer) {
        return MeshAddresses.of(peer.takeAnnounced(), membership.find(peer.serverId()));
    }

    /** Tries the next of the member's addresses; false if there are no more. */
    private boolean dialNext(MeshPeer peer) {
        HostPort to = peer.nextAddress();
        if (to == null) {
            return false;
        }
        long link = links.connect(PeerLinks.Purpose.ELECTION, to.host(), to.port(), timing.connectTimeoutMillis());
        MeshLink dial = MeshLink.dialled(link, to.toString(), peer);
        byLink.put(link, dial);
        peer.dialling(dial, nowNanos + timing.redialPauseNanos());
        return true;
    }

    /** A connection that this server dialled stands. */
    public void onConnected(long link) {
        MeshLink dialled = byLink.get(link);
        MeshPeer peer = dialled == null ? null : dialled.peer();
        if (peer == null || !dialled.is(MeshLink.Stage.DIALLING)) {
            return;
        }
        dialled.stands(++connections);
        links.send(link, ByteBuffer.wrap(handshake));
        if (peer.serverId() < serverId) {
            open(peer, dialled);
        } else {
            // The one with the larger id dials: now it knows that we are here.
            peer.dialSucceeded();
            close(dialled);
        }
    }

    private void onDialFailed(MeshPeer peer) {
        peer.dialFailed();
        if (!dialNext(peer)) {
            peer.notReached();
            forgetStranger(peer);
            receiver.onUnreachable(peer.serverId());
        }
    }

    // ------------------------------------------------------------------------------------------------------ accepting

    /** Somebody has connected to the election port. */
    public void onAccepted(long link, String address) {
        long deadline = nowNanos + timing.handshakeTimeoutNanos();
        MeshLink accepted = MeshLink.accepted(link, address, ++connections, deadline);
        byLink.put(link, accepted);
        if (byLink.size() > membership.servers().size() + 2 * MOST_STRANGERS) {
            refuse(accepted, "too many connections to the election port");
        } else {
            deadlineNanos = Math.min(deadlineNanos, accepted.deadlineNanos());
        }
    }

    private void greet(MeshLink link) {
        ElectionHandshake greeting;
        try {
            greeting = ElectionHandshake.read(link.input().unread());
        } catch (MalformedRecord malformed) {
            refuse(link, String.valueOf(malformed.getMessage()));
            return;
        }
        if (greeting == null) {
            return;
        }
        boolean anonymous = greeting.serverId() == ElectionHandshake.ANONYMOUS;
        long from = anonymous ? nextAnonymous-- : greeting.serverId();
        MeshPeer peer = from == serverId ? null : welcome(from);
        if (from == serverId) {
            refuse(link, "another server has the id " + serverId + ", which is this one's");
        } else if (peer == null) {
            refuse(link, "too many servers that are no members");
        } else if (isOutdated(link, peer)) {
            close(link);
        } else if (anonymous || from > serverId) {
            // Without an id of its own it can not be dialled, whatever it is called here.
            open(peer, link);
        } else {
            close(link);
            dialBack(peer, greeting);
        }
    }

    /**
     * Whether the member has had a newer connection since it made this one, whose handshake comes late: it has given
     * this one up, or it wanted one that now stands.
     */
    private static boolean isOutdated(MeshLink link, MeshPeer peer) {
        MeshLink current = peer.link();
        return current != null && link.isOlderThan(current);
    }

    /** The member with the smaller id wants a connection, so it has none: what we have is dead. */
    private void dialBack(MeshPeer peer, ElectionHandshake greeting) {
        MeshLink old = peer.link();
        if (old != null) {
            peer.unlinked();
            shut(old);
        }
        peer.announce(MeshAddresses.usable(greeting));
        MeshLink attempt = peer.dial();
        if (attempt != null && nowNanos < peer.dialNotBeforeNanos()) {
            // Both have dialled at the same time, and ours will do unless it leads nowhere.
            peer.tryAll(addresses(peer));
            return;
        }
        if (attempt != null) {
            // Begun when it was not there, perhaps, or is not where we look: that may take long to fail.
            peer.dialFailed();
            shut(attempt);
        }
        peer.seen(nowNanos, timing.redialPauseNanos());
        dial(peer);
        forgetStranger(peer);
    }

    private void open(MeshPeer peer, MeshLink link) {
        MeshLink old = peer.link();
        MeshLink dial = peer.dial();
        link.open(peer);
        peer.linked(link);
        if (old != null && old != link) {
            shut(old);
        }
        if (dial != null && dial != link) {
            shut(dial);
        }
        flush(peer);
    }

    // -------------------------------------------------------------------------------------------------------- reading

    /** Bytes have arrived; they are used up. */
    public void onBytes(long link, ByteBuffer bytes) {
        MeshLink from = byLink.get(link);
        if (from == null || from.is(MeshLink.Stage.CLOSING)) {
            bytes.position(bytes.limit());
            return;
        }
        from.input().append(bytes);
        if (from.is(MeshLink.Stage.GREETING)) {
            greet(from);
        }
        MeshPeer peer = from.peer();
        while (peer != null && from.is(MeshLink.Stage.OPEN) && readFrame(from, peer)) {
            // Each frame may end the connection.
        }
    }

    /** Reads one message; false when there is none, or when what comes is none. */
    private boolean readFrame(MeshLink link, MeshPeer peer) {
        ByteBuffer unread = link.input().unread();
        if (unread.remaining() < Integer.BYTES) {
            return false;
        }
        int length = unread.getInt(unread.position());
        if (length < 1 || length > LONGEST_FRAME) {
            refuse(link, "an election message of " + length + " bytes from server " + peer.serverId());
            return false;
        }
        if (unread.remaining() < Integer.BYTES + length) {
            return false;
        }
        int start = unread.position() + Integer.BYTES;
        ByteBuffer payload = unread.slice(start, length);
        unread.position(start + length);
        Notification message = Notification.read(payload);
        if (message != null) {
            receiver.onNotification(peer.serverId(), message);
        }
        return true;
    }

    /** The link takes output again, or has stopped taking it. */
    public void onWritable(long link, boolean writable) {
        MeshLink changed = byLink.get(link);
        if (changed == null) {
            return;
        }
        changed.setWritable(writable);
        MeshPeer peer = changed.peer();
        if (peer != null && changed.is(MeshLink.Stage.OPEN)) {
            flush(peer);
        }
    }

    // -------------------------------------------------------------------------------------------------------- closing

    /** The link is gone, or could not be made. */
    public void onClosed(long link) {
        MeshLink closed = byLink.remove(link);
        MeshPeer peer = closed == null ? null : closed.peer();
        if (peer == null) {
            return;
        }
        if (closed.is(MeshLink.Stage.DIALLING)) {
            onDialFailed(peer);
        } else if (closed.is(MeshLink.Stage.OPEN)) {
            peer.unlinked();
            forgetStranger(peer);
            receiver.onDisconnected(peer.serverId());
        }
    }

    private void refuse(MeshLink link, String reason) {
        close(link);
        receiver.onRefused(link.address(), reason);
    }

    private void close(MeshLink link) {
        MeshPeer peer = link.peer();
        if (peer != null && peer.link() == link) {
            peer.unlinked();
            shut(link);
            forgetStranger(peer);
        } else {
            shut(link);
        }
    }

    private void shut(MeshLink link) {
        link.closing();
        links.close(link.id());
    }

    // ------------------------------------------------------------------------------------------------- time and tables

    /** Time has passed. To be called once per turn, before its other inputs. */
    public void onTime(long now) {
        nowNanos = now;
        if (now < deadlineNanos) {
            return;
        }
        deadlineNanos = NEVER;
        for (MeshLink link : List.copyOf(byLink.values())) {
            if (link.is(MeshLink.Stage.GREETING) && link.deadlineNanos() <= now) {
                refuse(link, "no election handshake in time");
            } else if (link.is(MeshLink.Stage.GREETING)) {
                deadlineNanos = Math.min(deadlineNanos, link.deadlineNanos());
            }
        }
        for (MeshPeer peer : new ArrayList<>(byServer.values())) {
            if (peer.dialWanted()) {
                dial(peer);
            }
        }
    }

    /** When {@link #onTime} is wanted even if nothing happens; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        return deadlineNanos;
    }

    /** Whether a link is one of these; until the word that it is closed. */
    public boolean owns(long link) {
        return byLink.containsKey(link);
    }

    /** What is known of a server; null if it is no member and not connected. */
    private @Nullable MeshPeer peer(long memberId) {
        if (membership.find(memberId) == null) {
            return byServer.get(memberId);
        }
        return byServer.computeIfAbsent(memberId, MeshPeer::new);
    }

    /** The same for who has connected; null if there are too many that are no members. */
    private @Nullable MeshPeer welcome(long from) {
        MeshPeer known = peer(from);
        if (known != null || strangers >= MOST_STRANGERS) {
            return known;
        }
        strangers++;
        MeshPeer stranger = new MeshPeer(from);
        byServer.put(from, stranger);
        return stranger;
    }

    private void forgetStranger(MeshPeer peer) {
        boolean forgotten = peer.isIdle() && !peer.dialWanted() && membership.find(peer.serverId()) == null;
        if (forgotten && byServer.remove(peer.serverId(), peer)) {
            strangers--;
        }
    }
}
