package io.quorate.core.zab;

import io.quorate.core.request.ClientSide;
import io.quorate.core.session.TouchTable;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a learner does for its clients with its leader: hands on what they ask and what is answered, and tells who was
 * heard (quorum protocol 5.5 to 5.8). The leader's side is {@link LearnerRequests}.
 */
final class LearnerService {

    private static final int TOUCH_BYTES = Long.BYTES + Integer.BYTES;

    private final ClientDoor door;
    private final LeaderLink leader;
    private final TouchTable touches = new TouchTable();
    /** Null until clients are let in; so is {@link #clients}. */
    private @Nullable LearnerWrites writes;

    private @Nullable ClientSide clients;

    LearnerService(ClientDoor door, LeaderLink leader) {
        this.door = door;
        this.leader = leader;
    }

    /** Lets clients in. */
    void open() {
        LearnerWrites forwarding = leader.openWrites();
        writes = forwarding;
        clients = door.openForwarding(forwarding, touches);
    }

    void onWritable(boolean writable) {
        if (writes != null) {
            writes.onWritable(writable);
        }
    }

    /** A sign of life comes back as it was sent, with the sessions that were heard since the last one. */
    void answerPing(QuorumPacket ping) {
        WireWriter heard = new WireWriter(touches.size() * TOUCH_BYTES + 1);
        touches.drain((sessionId, timeoutMillis) -> heard.writeLong(sessionId).writeInt(timeoutMillis));
        leader.send(QuorumPacket.of(PacketType.PING, ping.zxid(), heard.toByteArray()));
    }

    /** @param committedZxid must be applied before the client is answered */
    void onSynced(long committedZxid) {
        if (clients != null) {
            clients.onSynced(committedZxid);
        }
    }

    /** @param committedZxid must be applied before the client is answered */
    void onRevalidated(QuorumPacket packet, long committedZxid) {
        byte[] data = packet.data();
        if (data == null || data.length <= Long.BYTES) {
            throw new MalformedRecord("an answer about a session without the session");
        }
        ByteBuffer in = ByteBuffer.wrap(data);
        long sessionId = in.getLong();
        if (clients != null) {
            clients.onRevalidated(sessionId, in.get() != 0, committedZxid);
        }
    }
}
