package io.quorate.simulation.quorum;

import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.PeerInput;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One direction of a link between leader and learner, as packets. The snapshot behind a SNAP is passed over. */
final class PacketStream {

    private static final int MAX_PACKET_BYTES = 1 << 20;
    /** What ends a snapshot (quorum protocol 4.8). No workload writes it. */
    private static final byte[] SIGNATURE = "BenWasHere".getBytes(StandardCharsets.US_ASCII);

    private final PeerInput input = new PeerInput();
    private boolean inSnapshot;
    private int matched;

    void take(ByteBuffer bytes, Consumer<QuorumPacket> packets) {
        input.append(bytes.duplicate());
        ByteBuffer unread = input.unread();
        while (unread.hasRemaining()) {
            if (inSnapshot) {
                skipSnapshot(unread);
                continue;
            }
            QuorumPacket packet = QuorumPacket.read(unread, MAX_PACKET_BYTES);
            if (packet == null) {
                return;
            }
            inSnapshot = packet.type() == PacketType.SNAP;
            packets.accept(packet);
        }
    }

    /** No prefix of the signature occurs within it but at its beginning, so a mismatch starts over. */
    private void skipSnapshot(ByteBuffer unread) {
        byte next = unread.get();
        if (next == SIGNATURE[matched]) {
            matched++;
        } else {
            matched = next == SIGNATURE[0] ? 1 : 0;
        }
        if (matched == SIGNATURE.length) {
            matched = 0;
            inSnapshot = false;
        }
    }
}
