package io.quorate.core.wire.peer;

import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet between leader and learner (quorum protocol 4.1). Packets follow each other without further framing.
 *
 * @param type one of {@link PacketType}, or a number that nobody knows
 * @param zxid what it means depends on the type
 * @param data null and empty are different values
 * @param identities only requests have them
 */
public record QuorumPacket(
        int type,
        long zxid,
        byte @Nullable [] data,
        @Nullable List<PeerIdentity> identities) {

    /** Type, zxid and the length of the data. */
    private static final int HEAD_BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES;

    /** A packet that carries nothing else. */
    public static QuorumPacket of(int type, long zxid) {
        return new QuorumPacket(type, zxid, null, null);
    }

    public static QuorumPacket of(int type, long zxid, byte @Nullable [] data) {
        return new QuorumPacket(type, zxid, data, null);
    }

    public void writeTo(WireWriter out) {
        out.writeInt(type).writeLong(zxid).writeBuffer(data);
        if (identities == null) {
            out.writeInt(-1);
            return;
        }
        out.writeInt(identities.size());
        for (PeerIdentity identity : identities) {
            out.writeString(identity.scheme()).writeString(identity.id());
        }
    }

    /** The same bytes as {@link #writeTo} of a packet with data and nothing else, without the packet. */
    public static void write(WireWriter out, int type, long zxid, ByteBuffer data) {
        out.writeInt(type).writeLong(zxid).writeInt(data.remaining());
        out.writeRaw(data);
        out.writeInt(-1);
    }

    /**
     * Takes the next packet off a stream.
     *
     * @param in what has arrived; its position moves behind the packet, or not at all
     * @param maxDataBytes the longest data, identity list included, that is accepted
     * @return null while the packet is not all there
     * @throws MalformedRecord when it can never become one: the connection is of no use any more
     */
    public static @Nullable QuorumPacket read(ByteBuffer in, int maxDataBytes) {
        int start = in.position();
        long end = endOf(in, start, maxDataBytes);
        if (end > in.limit()) {
            return null;
        }
        WireReader reader = new WireReader(in);
        int type = reader.readInt();
        long zxid = reader.readLong();
        byte[] data = reader.readBuffer();
        int count = reader.readInt();
        List<PeerIdentity> identities = count < 0 ? null : new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String scheme = reader.readString();
            String id = reader.readString();
            identities.add(new PeerIdentity(scheme == null ? "" : scheme, id == null ? "" : id));
        }
        return new QuorumPacket(type, zxid, data, identities);
    }

    /** Where the packet at {@code start} ends; beyond the limit as long as that is not known or not reached. */
    private static long endOf(ByteBuffer in, int start, int maxDataBytes) {
        if (in.limit() - start < HEAD_BYTES) {
            return Long.MAX_VALUE;
        }
        long at = start + HEAD_BYTES + length(in, start + HEAD_BYTES - Integer.BYTES, maxDataBytes);
        if (at + Integer.BYTES > in.limit()) {
            return Long.MAX_VALUE;
        }
        int count = in.getInt((int) at);
        at += Integer.BYTES;
        for (long strings = 2L * Math.max(0, count); strings > 0; strings--) {
            if (at + Integer.BYTES > in.limit()) {
                return Long.MAX_VALUE;
            }
            at += Integer.BYTES + length(in, (int) at, maxDataBytes);
            if (at - start > HEAD_BYTES + 2L * maxDataBytes) {
                throw new MalformedRecord("a packet with more than " + maxDataBytes + " bytes of identities");
            }
        }
        return at;
    }

    private static int length(ByteBuffer in, int at, int maxBytes) {
        int length = in.getInt(at);
        if (length < -1 || length > maxBytes) {
            throw new MalformedRecord("a length of " + length + " in a packet that may hold " + maxBytes);
        }
        return Math.max(0, length);
    }
}
