package io.quorate.simulation.run;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import io.quorate.simulation.server.Wiring;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Between a member and its links: changes packets on their way out, and puts some in on the way in. Snapshots pass as
 * they are.
 */
abstract class MutatedPackets implements Wiring {

    private static final int MAX_PACKET_BYTES = 1 << 20;
    private static final byte[] SIGNATURE = "BenWasHere".getBytes(StandardCharsets.US_ASCII);

    /** The links of the quorum port, and whether a snapshot is passing. */
    private final Map<Long, Boolean> quorumLinks = new HashMap<>();

    /** What goes out in the place of some packets. */
    List<QuorumPacket> out(long link, List<QuorumPacket> packets) {
        return packets;
    }

    /** What comes in before some bytes do. */
    List<QuorumPacket> before(long link) {
        return List.of();
    }

    /** The bytes that come in instead; only for what fits in one piece. */
    ByteBuffer in(long link, ByteBuffer bytes) {
        return bytes;
    }

    private static @Nullable List<QuorumPacket> parse(ByteBuffer bytes) {
        List<QuorumPacket> packets = new ArrayList<>();
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            QuorumPacket packet = QuorumPacket.read(rest, MAX_PACKET_BYTES);
            if (packet == null || packet.type() == PacketType.SNAP) {
                return null;
            }
            packets.add(packet);
        }
        return packets;
    }

    static ByteBuffer encode(List<QuorumPacket> packets) {
        WireWriter out = new WireWriter(1024);
        packets.forEach(packet -> packet.writeTo(out));
        return ByteBuffer.wrap(out.toByteArray());
    }

    private static boolean holdsSignature(ByteBuffer bytes) {
        for (int at = bytes.position(); at + SIGNATURE.length <= bytes.limit(); at++) {
            if (bytes.slice(at, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public final PeerLinks peerLinks(PeerLinks links) {
        return new PeerLinks() {
            @Override
            public long connect(Purpose purpose, String host, int port, int timeoutMillis) {
                long link = links.connect(purpose, host, port, timeoutMillis);
                if (purpose == Purpose.QUORUM) {
                    quorumLinks.put(link, false);
                }
                return link;
            }

            @Override
            public void send(long link, ByteBuffer bytes) {
                Boolean snapshot = quorumLinks.get(link);
                List<QuorumPacket> packets = snapshot == null || snapshot ? null : parse(bytes);
                if (packets != null) {
                    ByteBuffer changed = encode(out(link, packets));
                    if (changed.hasRemaining()) {
                        links.send(link, changed);
                    }
                    return;
                }
                if (snapshot != null) {
                    quorumLinks.put(link, !holdsSignature(bytes));
                }
                links.send(link, bytes);
            }

            @Override
            public void close(long link) {
                links.close(link);
            }

            @Override
            public void pauseReading(long link) {
                links.pauseReading(link);
            }

            @Override
            public void resumeReading(long link) {
                links.resumeReading(link);
            }
        };
    }

    @Override
    public final PeerInputs peerInputs(PeerInputs inputs) {
        return new PeerInputs() {
            @Override
            public void onPeerAccepted(long link, PeerLinks.Purpose purpose, String address) {
                if (purpose == PeerLinks.Purpose.QUORUM) {
                    quorumLinks.put(link, false);
                }
                inputs.onPeerAccepted(link, purpose, address);
            }

            @Override
            public void onPeerConnected(long link) {
                inputs.onPeerConnected(link);
            }

            @Override
            public void onPeerBytes(long link, ByteBuffer bytes) {
                if (quorumLinks.containsKey(link)) {
                    List<QuorumPacket> first = before(link);
                    if (!first.isEmpty()) {
                        inputs.onPeerBytes(link, encode(first));
                    }
                    inputs.onPeerBytes(link, in(link, bytes));
                } else {
                    inputs.onPeerBytes(link, bytes);
                }
            }

            @Override
            public void onPeerWritable(long link, boolean writable) {
                inputs.onPeerWritable(link, writable);
            }

            @Override
            public void onPeerClosed(long link) {
                quorumLinks.remove(link);
                inputs.onPeerClosed(link);
            }
        };
    }
}
