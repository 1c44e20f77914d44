package io.quorate.core.zab;

import io.quorate.core.auth.Identity;
import io.quorate.core.base.NodePath;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.request.Requester;
import io.quorate.core.request.WritePath;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.client.Operation;
import io.quorate.core.wire.client.OperationEncoder;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.PeerIdentity;
import io.quorate.core.wire.peer.QuorumPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes as a learner takes them: it hands them to its leader (quorum protocol 5.5, 5.6). */
final class LearnerWrites implements WritePath {

    private static final long NO_ZXID = -1;

    private final PeerLinks port;
    private final long link;
    private final WireWriter body = new WireWriter(1024);
    private final WireWriter out = new WireWriter(1024);
    private boolean writable = true;

    LearnerWrites(PeerLinks port, long link) {
        this.port = port;
        this.link = link;
    }

    void onWritable(boolean takesOutput) {
        writable = takesOutput;
    }

    @Override
    public boolean acceptsWrites() {
        return true;
    }

    @Override
    public boolean hasRoom() {
        return writable;
    }

    @Override
    public Submission submit(Operation.Write operation, Requester requester) {
        begin(requester, OperationEncoder.opCode(operation).code());
        OperationEncoder.writeBody(operation, body);
        request(requester);
        return new Submission(FORWARDED, null);
    }

    @Override
    public long sync(@Nullable NodePath path, Requester requester) {
        begin(requester, OpCode.SYNC.code());
        if (path == null) {
            body.writeString(null);
        } else {
            body.writePath(path);
        }
        request(requester);
        return FORWARDED;
    }

    private void begin(Requester requester, int type) {
        body.clear();
        body.writeLong(requester.sessionId()).writeInt(requester.cxid()).writeInt(type);
    }

    private void request(Requester requester) {
        List<PeerIdentity> identities = new ArrayList<>();
        for (Identity identity : requester.identities().asList()) {
            identities.add(new PeerIdentity(identity.scheme(), identity.id()));
        }
        send(new QuorumPacket(PacketType.REQUEST, NO_ZXID, body.toByteArray(), identities));
    }

    @Override
    public long resume(long sessionId, int timeoutMillis) {
        body.clear();
        body.writeLong(sessionId).writeInt(timeoutMillis);
        send(QuorumPacket.of(PacketType.REVALIDATE, NO_ZXID, body.toByteArray()));
        return FORWARDED;
    }

    private void send(QuorumPacket packet) {
        out.clear();
        packet.writeTo(out);
        port.send(link, out.written());
    }
}
