package io.quorate.cloud.zk.test;

import java.util.function.IntConsumer;

/**
 * Reads along what one client sends and tells of its requests: frames that are neither the opening of a session nor a
 * sign of life. Used by one thread.
 */
final class FrameReader {

    private static final int LENGTH_BYTES = 4;
    /** The length, the number of the request, and its operation. */
    private static final int HEAD_BYTES = 12;

    private static final int OPERATION_OFFSET = 8;
    private static final int PING = 11;

    private final IntConsumer requests;
    private final byte[] head = new byte[HEAD_BYTES];
    private int headBytes;
    private int bodyLeft;
    private boolean sessionOpened;

    /** @param requests is given the operation of each request, before {@link #read} returns */
    FrameReader(IntConsumer requests) {
        this.requests = requests;
    }

    void read(byte[] bytes, int count) {
        int at = 0;
        while (at < count) {
            if (bodyLeft > 0) {
                int skipped = Math.min(bodyLeft, count - at);
                bodyLeft -= skipped;
                at += skipped;
            } else {
                head[headBytes++] = bytes[at++];
                if (headBytes == HEAD_BYTES) {
                    frame();
                }
            }
        }
    }

    private void frame() {
        headBytes = 0;
        bodyLeft = LENGTH_BYTES + number(0) - HEAD_BYTES;
        int operation = number(OPERATION_OFFSET);
        if (sessionOpened && operation != PING) {
            requests.accept(operation);
        }
        sessionOpened = true;
    }

    private int number(int offset) {
        int value = 0;
        for (int i = 0; i < LENGTH_BYTES; i++) {
            value = value << Byte.SIZE | head[offset + i] & 0xff;
        }
        return value;
    }
}
