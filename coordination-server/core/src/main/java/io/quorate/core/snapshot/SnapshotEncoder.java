package io.quorate.core.snapshot;

import io.quorate.core.tree.FrozenAcls;
import io.quorate.core.tree.TreeCursor;
import io.quorate.core.tree.ZNode;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireWriter;
import java.util.List;

/**
 * Sessions, ACL table and nodes as bytes, a piece at a time: the body of a snapshot file and of the stream to a learner
 * (quorum protocol 4.8, without the signature).
 */
public final class SnapshotEncoder {

    private final TreeCursor cursor;
    private final FrozenAcls acls;
    private final List<OpenSession> sessions;
    /** The session to write next; -1 while even their count is missing. */
    private int session = -1;
    /** The ACL id to write next; 0 while the count is missing, since ids begin at 1. */
    private int aclId;

    private boolean complete;

    /** @param cursor not yet moved; belongs to the encoder from now on */
    public SnapshotEncoder(TreeCursor cursor, List<OpenSession> sessions) {
        this.cursor = cursor;
        this.acls = cursor.acls();
        this.sessions = sessions;
    }

    /** Whether everything has been written, the end marker included. */
    public boolean isComplete() {
        return complete;
    }

    /** Appends whole elements until {@code out} holds {@code enough} bytes or everything is written. */
    public void encode(WireWriter out, int enough) {
        while (!complete && out.size() < enough) {
            if (session < sessions.size()) {
                writeSession(out);
            } else if (aclId <= acls.highestId()) {
                writeAcl(out);
            } else {
                writeNode(out);
            }
        }
    }

    private void writeSession(WireWriter out) {
        if (session == -1) {
            out.writeInt(sessions.size());
        } else {
            OpenSession open = sessions.get(session);
            out.writeLong(open.id()).writeInt(open.timeoutMillis());
        }
        session++;
    }

    private void writeAcl(WireWriter out) {
        if (aclId == 0) {
            out.writeInt(acls.count());
        } else if (acls.has(aclId)) {
            out.writeLong(aclId);
            Acl.writeList(out, acls.get(aclId));
        }
        aclId++;
    }

    private void writeNode(WireWriter out) {
        if (!cursor.next()) {
            SnapshotFormat.writeMarker(out);
            complete = true;
            return;
        }
        ZNode node = cursor.node();
        cursor.writePathTo(out);
        node.writeDataTo(out);
        out.writeLong(node.aclId());
        node.stat().writeTo(out);
    }
}
