package io.quorate.core.wire.peer;

import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An election message (quorum protocol 3.1).
 *
 * @param state of the sender
 * @param leader whom it votes for, or follows
 * @param zxid of that leader, as the sender knows it
 * @param round the sender's election round
 * @param peerEpoch of that leader
 * @param version 2; 0 or 1 from very old members
 * @param config text of the sender's committed membership; null where it sends none
 */
public record Notification(
        PeerState state,
        long leader,
        long zxid,
        long round,
        long peerEpoch,
        int version,
        @Nullable String config) {

    public static final int VERSION = 2;

    private static final int OLDEST_BYTES = 28;
    private static final int WITHOUT_CONFIG_BYTES = 40;
    private static final int EPOCH_SHIFT = 32;

    /** Writes the payload of a frame, without its length. */
    public void writeTo(WireWriter out) {
        out.writeInt(state.code()).writeLong(leader).writeLong(zxid).writeLong(round);
        out.writeLong(peerEpoch).writeInt(VERSION);
        out.writeBuffer((config == null ? "" : config).getBytes(StandardCharsets.UTF_8));
    }

    /** The message in a frame's payload; null where it is none and is to be ignored. Uses up the payload. */
    public static @Nullable Notification read(ByteBuffer payload) {
        int length = payload.remaining();
        if (length < OLDEST_BYTES || length > OLDEST_BYTES && length < WITHOUT_CONFIG_BYTES) {
            return null;
        }
        WireReader in = new WireReader(payload);
        PeerState state = PeerState.of(in.readInt());
        if (state == null) {
            return null;
        }
        long leader = in.readLong();
        long zxid = in.readLong();
        long round = in.readLong();
        if (length == OLDEST_BYTES) {
            return new Notification(state, leader, zxid, round, zxid >> EPOCH_SHIFT, 0, null);
        }
        long peerEpoch = in.readLong();
        int version = in.readInt();
        if (length == WITHOUT_CONFIG_BYTES || version <= 1) {
            return new Notification(
                    state, leader, zxid, round, peerEpoch, length == WITHOUT_CONFIG_BYTES ? 0 : version, null);
        }
        return withConfig(in, new Notification(state, leader, zxid, round, peerEpoch, version, null));
    }

    private static @Nullable Notification withConfig(WireReader in, Notification head) {
        if (in.remaining() < Integer.BYTES) {
            return null;
        }
        int length = in.readInt();
        if (length < 0 || length > in.remaining()) {
            return null;
        }
        byte[] text = new byte[length];
        in.readRaw(text);
        String config = new String(text, StandardCharsets.UTF_8);
        return new Notification(head.state, head.leader, head.zxid, head.round, head.peerEpoch, head.version, config);
    }
}
