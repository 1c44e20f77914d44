package io.quorate.core.zab;

import io.quorate.core.session.Session;
import io.quorate.core.session.SessionTable;
import io.quorate.core.snapshot.OpenSession;
import io.quorate.core.snapshot.SnapshotEncoder;
import io.quorate.core.snapshot.SnapshotIntake;
import io.quorate.core.tree.DataTree;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.util.ArrayList;
import java.util.List;

/** The whole tree as a stream to one learner, a slice per turn, exact at its zxid (quorum protocol 4.8). */
final class SnapshotStream {

    private static final int SLICE_BYTES = 256 << 10;

    private final long zxid;
    private final SnapshotEncoder encoder;
    private boolean complete;

    SnapshotStream(DataTree tree, SessionTable sessions) {
        zxid = tree.lastZxid();
        List<OpenSession> open = new ArrayList<>(sessions.size());
        for (Session session : sessions.inIdOrder()) {
            open.add(new OpenSession(session.id(), session.timeoutMillis()));
        }
        encoder = new SnapshotEncoder(tree.freeze(), open);
    }

    long zxid() {
        return zxid;
    }

    boolean isComplete() {
        return complete;
    }

    void begin(WireWriter out) {
        QuorumPacket.of(PacketType.SNAP, zxid).writeTo(out);
    }

    /** Appends the next slice, and the signature behind the last one. */
    void next(WireWriter out) {
        encoder.encode(out, out.size() + SLICE_BYTES);
        if (encoder.isComplete()) {
            out.writeString(SnapshotIntake.SIGNATURE);
            complete = true;
        }
    }
}
