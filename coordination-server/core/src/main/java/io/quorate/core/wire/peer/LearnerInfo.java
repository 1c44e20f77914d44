package io.quorate.core.wire.peer;

import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How a learner introduces itself (quorum protocol 4.1).
 *
 * @param protocolVersion {@link #PROTOCOL_VERSION} today
 * @param configVersion of the membership that it has committed
 */
public record LearnerInfo(long serverId, int protocolVersion, long configVersion) {

    public static final int PROTOCOL_VERSION = 0x10000;

    public byte[] toBytes() {
        return new WireWriter(Long.BYTES + Integer.BYTES + Long.BYTES)
                .writeLong(serverId)
                .writeInt(protocolVersion)
                .writeLong(configVersion)
                .toByteArray();
    }

    /** Accepts what older members send: the id alone, or the id and a version. */
    public static LearnerInfo read(byte @Nullable [] data) {
        if (data == null || data.length < Long.BYTES) {
            throw new MalformedRecord("a learner that does not say who it is");
        }
        WireReader in = new WireReader(ByteBuffer.wrap(data));
        long serverId = in.readLong();
        int version = in.remaining() < Integer.BYTES ? 1 : in.readInt();
        long configVersion = in.remaining() < Long.BYTES ? 0 : in.readLong();
        return new LearnerInfo(serverId, version, configVersion);
    }
}
