package io.quorate.core.snapshot;

import java.nio.ByteBuffer;

/** Bytes in order. */
interface ByteSource {

    /**
     * Reads at least one byte into the buffer, which must have room and an array.
     *
     * @return false at the end
     * @throws io.quorate.core.wire.MalformedRecord when the packing is damaged
     */
    boolean read(ByteBuffer into);
}
