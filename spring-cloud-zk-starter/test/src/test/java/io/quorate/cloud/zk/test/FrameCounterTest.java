package io.quorate.cloud.zk.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FrameCounterTest {

    private static final int PING = 11;
    private static final int GET_DATA = 4;

    private final AtomicLong requests = new AtomicLong();
    private final FrameCounter counter = new FrameCounter(requests);

    @Test
    void countsRequestsHoweverTheyAreCut() {
        ByteBuffer stream = ByteBuffer.allocate(200);
        frame(stream, 0, 0, 36);
        frame(stream, 1, GET_DATA, 9);
        frame(stream, -2, PING, 0);
        frame(stream, 2, GET_DATA, 30);
        for (int i = 0; i < stream.position(); i++) {
            counter.read(new byte[] {stream.get(i)}, 1);
        }
        assertThat(requests).hasValue(2);
    }

    @Test
    void theOpeningOfASessionIsNoRequest() {
        ByteBuffer stream = ByteBuffer.allocate(100);
        frame(stream, 0, GET_DATA, 36);
        counter.read(stream.array(), stream.position());
        assertThat(requests).hasValue(0);
    }

    private static void frame(ByteBuffer stream, int first, int second, int more) {
        stream.putInt(8 + more).putInt(first).putInt(second);
        stream.position(stream.position() + more);
    }
}
