package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.quorate.core.port.PeerInputs;

/** Something that happened on a link between members and waits for its turn. */
sealed interface PeerArrival {

    PeerConnection connection();

    /** Tells the core, unless it has closed the link; gives back what it holds either way. */
    void deliver(PeerInputs inputs);

    /** Gives back what it holds, instead of {@link #deliver}. */
    default void discard() {}

    /** Memory the arrival holds on to. */
    default int heldBytes() {
        return 0;
    }

    record Accepted(PeerConnection connection) implements PeerArrival {
        @Override
        public void deliver(PeerInputs inputs) {
            inputs.onPeerAccepted(connection.link(), connection.purpose(), connection.address());
        }
    }

    record Connected(PeerConnection connection) implements PeerArrival {
        @Override
        public void deliver(PeerInputs inputs) {
            if (!connection.isClosing()) {
                inputs.onPeerConnected(connection.link());
            }
        }
    }

    record Bytes(PeerConnection connection, ByteBuf bytes, int heldBytes) implements PeerArrival {
        @Override
        public void deliver(PeerInputs inputs) {
            try {
                if (!connection.isClosing()) {
                    inputs.onPeerBytes(connection.link(), bytes.nioBuffer());
                }
            } finally {
                bytes.release();
            }
        }

        @Override
        public void discard() {
            bytes.release();
        }
    }

    record Writability(PeerConnection connection, boolean writable) implements PeerArrival {
        @Override
        public void deliver(PeerInputs inputs) {
            if (!connection.isClosing()) {
                inputs.onPeerWritable(connection.link(), writable);
            }
        }
    }

    record Closed(PeerConnection connection) implements PeerArrival {
        @Override
        public void deliver(PeerInputs inputs) {
            inputs.onPeerClosed(connection.link());
        }
    }
}
