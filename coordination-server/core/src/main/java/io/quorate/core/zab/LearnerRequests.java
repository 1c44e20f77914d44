package io.quorate.core.zab;

import io.quorate.core.auth.ClientIdentities;
import io.quorate.core.auth.Identity;
import io.quorate.core.request.Requester;
import io.quorate.core.request.WritePath;
import io.quorate.core.session.ExpiryWheel;
import io.quorate.core.session.Session;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.client.Operation;
import io.quorate.core.wire.client.OperationDecoder;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.PeerIdentity;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What learners ask of a leader that serves: requests, resumptions, and who was heard (quorum protocol 5.5 to 5.8). */
final class LearnerRequests {

    private static final int TOUCH_BYTES = Long.BYTES + Integer.BYTES;

    private final Member member;
    private final Learners learners;
    private final Broadcast broadcast;
    private final LeaderWrites writes;
    private final ExpiryWheel wheel;

    LearnerRequests(Member member, Learners learners, Broadcast broadcast, LeaderWrites writes, ExpiryWheel wheel) {
        this.member = member;
        this.learners = learners;
        this.broadcast = broadcast;
        this.writes = writes;
        this.wheel = wheel;
    }

    /** Whether a request could be taken now. */
    boolean hasRoom() {
        return writes.hasRoom();
    }

    /** @throws MalformedRecord when the learner does not speak the protocol */
    void onRequest(LearnerLink learner, QuorumPacket packet) {
        byte[] data = packet.data();
        if (data == null) {
            throw new MalformedRecord("a request without a body");
        }
        WireReader in = new WireReader(ByteBuffer.wrap(data));
        long sessionId = in.readLong();
        int cxid = in.readInt();
        int type = in.readInt();
        Requester requester = new Requester(sessionId, cxid, identities(packet.identities()));
        OpCode op = OpCode.of(type);
        if (op == OpCode.SYNC) {
            broadcast.sync(learner);
            return;
        }
        Operation.Write operation = decode(op, in);
        if (operation == null) {
            boolean known = op != null && op.isWrite() && op != OpCode.CHECK;
            ErrorCode error = known ? ErrorCode.MARSHALLING_ERROR : ErrorCode.UNIMPLEMENTED;
            writes.failForwarded(requester, error);
        } else {
            writes.submitForwarded(operation, requester, learner.serverId);
        }
    }

    /** Null where it is no write that may be proposed: never a bare check, which no learner could read back (5.4). */
    private static Operation.@Nullable Write decode(@Nullable OpCode op, WireReader in) {
        if (op == null || op == OpCode.CHECK || !op.isWrite()) {
            return null;
        }
        try {
            if (op == OpCode.CREATE_SESSION) {
                return new Operation.CreateSession(in.readInt());
            }
            return (Operation.Write) OperationDecoder.decode(op, in);
        } catch (MalformedRecord malformed) {
            return null;
        }
    }

    private static ClientIdentities identities(@Nullable List<PeerIdentity> forwarded) {
        List<Identity> identities = new ArrayList<>();
        if (forwarded != null) {
            forwarded.forEach(identity -> identities.add(new Identity(identity.scheme(), identity.id())));
        }
        return ClientIdentities.of(identities);
    }

    /**
     * Sessions that the learner has heard.
     *
     * @throws MalformedRecord when the last one is cut off; none has been touched then
     */
    void onTouches(QuorumPacket packet) {
        byte[] data = packet.data();
        if (data == null) {
            return;
        }
        if (data.length % TOUCH_BYTES != 0) {
            throw new MalformedRecord(
                    "a sign of life with " + data.length + " bytes of sessions, of " + TOUCH_BYTES + " bytes each");
        }
        ByteBuffer touches = ByteBuffer.wrap(data);
        while (touches.hasRemaining()) {
            Session session = member.database().sessions().find(touches.getLong());
            touches.getInt();
            if (session != null) {
                wheel.touch(session, member.time().nanos());
            }
        }
    }

    void onRevalidate(LearnerLink learner, QuorumPacket packet) {
        byte[] data = packet.data();
        if (data == null || data.length < TOUCH_BYTES) {
            throw new MalformedRecord("a resumption without a session");
        }
        ByteBuffer in = ByteBuffer.wrap(data);
        long sessionId = in.getLong();
        int timeoutMillis = in.getInt();
        boolean valid = writes.moveTo(sessionId, learner.serverId) != WritePath.NO_SESSION;
        Session session = member.database().sessions().find(sessionId);
        if (valid && session != null) {
            session.setTimeoutMillis(timeoutMillis);
            wheel.touch(session, member.time().nanos());
        }
        WireWriter answer = new WireWriter(Long.BYTES + 1);
        answer.writeLong(sessionId).writeBool(valid);
        learners.send(learner, QuorumPacket.of(PacketType.REVALIDATE, packet.zxid(), answer.toByteArray()));
    }
}
