package io.quorate.core.snapshot;

import io.quorate.core.base.Verify;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.Slice;
import io.quorate.core.tree.StoredStat;
import io.quorate.core.tree.TreeLoader;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions, ACL table and nodes from bytes as they come, of a snapshot file or of a leader's stream (quorum protocol
 * 4.8, without the signature). What cannot be leaves as {@link MalformedRecord}; the decoder is then of no more use.
 */
public final class SnapshotDecoder {

    /** What follows the data of a node. */
    private static final int NODE_TAIL_BYTES = Long.BYTES + StoredStat.BYTES;

    private static final int SESSION_BYTES = Long.BYTES + Integer.BYTES;

    private final TreeLoader loader;
    private final WireReader reader = new WireReader();
    private final List<OpenSession> sessions = new ArrayList<>();
    private Part part = Part.SESSION_COUNT;
    /** Sessions or ACL lists that are still to come. */
    private int left;

    private enum Part {
        SESSION_COUNT,
        SESSIONS,
        ACL_COUNT,
        ACLS,
        NODES,
        END
    }

    public SnapshotDecoder(NodeKinds kinds) {
        loader = new TreeLoader(kinds);
    }

    /** Whether the end marker has been met. */
    public boolean isComplete() {
        return part == Part.END;
    }

    /** Uses as many whole elements as there are and leaves the rest. {@code in} must have an array. */
    public void decode(ByteBuffer in) {
        reader.over(in);
        int start = in.position();
        try {
            while (readElement(in)) {
                start = in.position();
            }
        } catch (MalformedRecord malformed) {
            // Whoever tells where the damage is wants the element's beginning.
            in.position(start);
            throw malformed;
        }
    }

    /** False when the next element is not all there, or none is left. */
    private boolean readElement(ByteBuffer in) {
        return switch (part) {
            case SESSION_COUNT -> readCount(in, Part.SESSIONS, Part.ACL_COUNT);
            case SESSIONS -> readSession(in);
            case ACL_COUNT -> readCount(in, Part.ACLS, Part.NODES);
            case ACLS -> readAcl(in);
            case NODES -> readNode(in);
            case END -> false;
        };
    }

    private boolean readCount(ByteBuffer in, Part elements, Part behind) {
        if (in.remaining() < Integer.BYTES) {
            return false;
        }
        left = in.getInt();
        if (left < 0) {
            throw new MalformedRecord("a count of " + left);
        }
        part = left == 0 ? behind : elements;
        return true;
    }

    private boolean readSession(ByteBuffer in) {
        if (in.remaining() < SESSION_BYTES) {
            return false;
        }
        sessions.add(new OpenSession(in.getLong(), in.getInt()));
        oneLess(Part.ACL_COUNT);
        return true;
    }

    private void oneLess(Part behind) {
        left--;
        if (left == 0) {
            part = behind;
        }
    }

    private boolean readAcl(ByteBuffer in) {
        if (!holdsAcl(in)) {
            return false;
        }
        long id = reader.readLong();
        List<Acl> list = Acl.readList(reader);
        if (list == null) {
            throw new MalformedRecord("null for ACL list " + id);
        }
        loader.acl(id, list);
        oneLess(Part.NODES);
        return true;
    }

    /** Whether a whole entry of the ACL table is there. */
    private static boolean holdsAcl(ByteBuffer in) {
        int head = Long.BYTES + Integer.BYTES;
        if (in.remaining() < head) {
            return false;
        }
        int count = in.getInt(in.position() + Long.BYTES);
        long at = in.position() + (long) head;
        for (int i = 0; i < count; i++) {
            at = behindString(in, at + Integer.BYTES);
            at = behindString(in, at);
            if (at > in.limit()) {
                return false;
            }
        }
        return true;
    }

    /** Where a string at {@code at} ends; beyond the limit when it is not all there. */
    private static long behindString(ByteBuffer in, long at) {
        long behind = at + Integer.BYTES;
        return behind > in.limit() ? behind : behind + length(in, (int) at);
    }

    /** The length of a buffer or string at {@code at}; 0 for null. */
    private static int length(ByteBuffer in, int at) {
        int length = in.getInt(at);
        if (length < -1) {
            throw new MalformedRecord("a length of " + length);
        }
        return Math.max(0, length);
    }

    private boolean readNode(ByteBuffer in) {
        int start = in.position();
        long pathEnd = behindString(in, start);
        long dataEnd = behindString(in, pathEnd);
        if (pathEnd <= in.limit() && in.getInt(start) == -1) {
            throw new MalformedRecord("null for the path of a node");
        }
        if (isEndMarker(in, start, pathEnd)) {
            in.position((int) pathEnd);
            part = Part.END;
            return true;
        }
        if (dataEnd + NODE_TAIL_BYTES > in.limit()) {
            return false;
        }
        int origin = in.arrayOffset();
        int pathFrom = start + Integer.BYTES;
        int dataFrom = (int) pathEnd + Integer.BYTES;
        Slice path = new Slice(in.array(), origin + pathFrom, origin + (int) pathEnd);
        Slice data = in.getInt((int) pathEnd) == -1
                ? null
                : new Slice(in.array(), origin + dataFrom, origin + (int) dataEnd);
        in.position((int) dataEnd);
        long aclId = reader.readLong();
        loader.node(path, data, aclId, StoredStat.readFrom(reader));
        return true;
    }

    private static boolean isEndMarker(ByteBuffer in, int start, long pathEnd) {
        return pathEnd <= in.limit()
                && pathEnd == start + SnapshotFormat.MARKER_BYTES
                && in.get(start + Integer.BYTES) == '/';
    }

    /** The sessions, in the order of the snapshot. */
    public List<OpenSession> sessions() {
        return sessions;
    }

    /**
     * The tree. Requires that the end marker has been met; once only.
     *
     * @param zxid the last transaction that the tree holds
     */
    public DataTree finish(long zxid) {
        Verify.that(isComplete(), "a snapshot is finished at its end marker");
        return loader.finish(zxid);
    }
}
