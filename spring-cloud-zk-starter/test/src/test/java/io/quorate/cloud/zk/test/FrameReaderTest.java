package io.quorate.cloud.zk.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameReaderTest {

    private static final int PING = 11;
    private static final int GET_DATA = 4;

    private final List<Integer> requests = new ArrayList<>();
    private final FrameReader reader = new FrameReader(requests::add);

    @Test
    void tellsOfRequestsHoweverTheyAreCut() {
        ByteBuffer stream = ByteBuffer.allocate(200);
        frame(stream, 0, 0, 36);
        frame(stream, 1, GET_DATA, 9);
        frame(stream, -2, PING, 0);
        frame(stream, 2, GET_DATA, 30);
        for (int i = 0; i < stream.position(); i++) {
            reader.read(new byte[] {stream.get(i)}, 1);
        }
        assertThat(requests).containsExactly(GET_DATA, GET_DATA);
    }

    @Test
    void theOpeningOfASessionIsNoRequest() {
        ByteBuffer stream = ByteBuffer.allocate(100);
        frame(stream, 0, GET_DATA, 36);
        reader.read(stream.array(), stream.position());
        assertThat(requests).isEmpty();
    }

    private static void frame(ByteBuffer stream, int first, int second, int more) {
        stream.putInt(8 + more).putInt(first).putInt(second);
        stream.position(stream.position() + more);
    }
}
