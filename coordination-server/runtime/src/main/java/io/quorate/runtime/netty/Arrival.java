package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.quorate.core.replica.Replica;

/** Something that happened at a socket and waits for its turn. */
interface Arrival {

    /**
     * Tells the replica.
     *
     * @return false when the replica takes no more at this moment; the arrival is to be delivered again
     */
    boolean deliver(Replica replica);

    /** Memory the arrival holds on to. */
    default int heldBytes() {
        return 0;
    }

    /** Gives back what it holds, instead of {@link #deliver}. */
    default void discard() {}

    record Opened(ClientConnection connection) implements Arrival {
        @Override
        public boolean deliver(Replica replica) {
            replica.onClientOpened(connection.link(), connection.origin());
            return true;
        }
    }

    record Bytes(ClientConnection connection, ByteBuf bytes, int heldBytes) implements Arrival {
        @Override
        public boolean deliver(Replica replica) {
            connection.received(bytes);
            return connection.feed(replica);
        }

        @Override
        public void discard() {
            bytes.release();
        }
    }

    /** There may be frames that could not be fed before. */
    record MoreFrames(ClientConnection connection) implements Arrival {
        @Override
        public boolean deliver(Replica replica) {
            return connection.feed(replica);
        }
    }

    /** The client has closed its side before it said what it speaks, or behind a four-letter word. */
    record LastWord(ClientConnection connection) implements Arrival {
        @Override
        public boolean deliver(Replica replica) {
            connection.hangUpUnlessAnswering();
            return true;
        }
    }

    record Writability(ClientConnection connection, boolean writable) implements Arrival {
        @Override
        public boolean deliver(Replica replica) {
            replica.onClientWritable(connection.link(), writable);
            return !writable || connection.feed(replica);
        }
    }

    record Closed(ClientConnection connection) implements Arrival {
        @Override
        public boolean deliver(Replica replica) {
            connection.frames().release();
            replica.onClientClosed(connection.link());
            return true;
        }

        @Override
        public void discard() {
            connection.frames().release();
        }
    }
}
