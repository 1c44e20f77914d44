package io.quorate.simulation.quorum;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Reads along on a member's links to other members, from its start to its death. */
final class PacketTap {

    /** Whoever wants to know which packets pass on links of the quorum port. */
    interface Listener {
        void sent(long link, QuorumPacket packet);

        void received(long link, QuorumPacket packet);
    }

    private final Listener listener;
    private final Map<Long, PacketStream> sent = new HashMap<>();
    private final Map<Long, PacketStream> received = new HashMap<>();

    PacketTap(Listener listener) {
        this.listener = listener;
    }

    private void opened(long link, PeerLinks.Purpose purpose) {
        if (purpose == PeerLinks.Purpose.QUORUM) {
            sent.put(link, new PacketStream());
            received.put(link, new PacketStream());
        }
    }

    PeerLinks links(PeerLinks links) {
        return new PeerLinks() {
            @Override
            public long connect(Purpose purpose, String host, int port, int timeoutMillis) {
                long link = links.connect(purpose, host, port, timeoutMillis);
                opened(link, purpose);
                return link;
            }

            @Override
            public void send(long link, ByteBuffer bytes) {
                PacketStream stream = sent.get(link);
                if (stream != null) {
                    stream.take(bytes, packet -> listener.sent(link, packet));
                }
                links.send(link, bytes);
            }

            @Override
            public void close(long link) {
                sent.remove(link);
                received.remove(link);
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

    PeerInputs inputs(PeerInputs inputs) {
        return new PeerInputs() {
            @Override
            public void onPeerAccepted(long link, PeerLinks.Purpose purpose, String address) {
                opened(link, purpose);
                inputs.onPeerAccepted(link, purpose, address);
            }

            @Override
            public void onPeerConnected(long link) {
                inputs.onPeerConnected(link);
            }

            @Override
            public void onPeerBytes(long link, ByteBuffer bytes) {
                PacketStream stream = received.get(link);
                if (stream != null) {
                    stream.take(bytes, packet -> listener.received(link, packet));
                }
                inputs.onPeerBytes(link, bytes);
            }

            @Override
            public void onPeerWritable(long link, boolean writable) {
                inputs.onPeerWritable(link, writable);
            }

            @Override
            public void onPeerClosed(long link) {
                sent.remove(link);
                received.remove(link);
                inputs.onPeerClosed(link);
            }
        };
    }
}
