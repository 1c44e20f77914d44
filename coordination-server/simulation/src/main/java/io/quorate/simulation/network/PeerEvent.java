package io.quorate.simulation.network;

import io.quorate.core.port.PeerInputs;
import java.nio.ByteBuffer;

/** Something that happened on a link and waits for the server's turn. */
sealed interface PeerEvent {

    LinkEnd end();

    void tell(PeerInputs inputs);

    record Accepted(LinkEnd end, String address) implements PeerEvent {
        @Override
        public void tell(PeerInputs inputs) {
            inputs.onPeerAccepted(end.link, end.purpose, address);
        }
    }

    record Connected(LinkEnd end) implements PeerEvent {
        @Override
        public void tell(PeerInputs inputs) {
            inputs.onPeerConnected(end.link);
        }
    }

    record Bytes(LinkEnd end, ByteBuffer bytes) implements PeerEvent {
        @Override
        public void tell(PeerInputs inputs) {
            inputs.onPeerBytes(end.link, bytes);
        }
    }

    record Writability(LinkEnd end, boolean writable) implements PeerEvent {
        @Override
        public void tell(PeerInputs inputs) {
            inputs.onPeerWritable(end.link, writable);
        }
    }

    record Closed(LinkEnd end) implements PeerEvent {
        @Override
        public void tell(PeerInputs inputs) {
            inputs.onPeerClosed(end.link);
        }
    }
}
