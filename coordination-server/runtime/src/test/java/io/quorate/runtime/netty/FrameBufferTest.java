package io.quorate.runtime.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferTest {

    private static final int MAX_FRAME_BYTES = 100_000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final FrameBuffer frames = new FrameBuffer(allocator, MAX_FRAME_BYTES);

    private long usedBytes() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    private ByteBuf chunk(byte[] bytes) {
        return allocator.heapBuffer(bytes.length).writeBytes(bytes);
    }

    private static byte[] body(int length) {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) (length + i);
        }
        return body;
    }

    private static byte[] stream(List<byte[]> bodies) {
        ByteBuffer stream = ByteBuffer.allocate(
                bodies.stream().mapToInt(body -> Integer.BYTES + body.length).sum());
        bodies.forEach(body -> stream.putInt(body.length).put(body));
        return stream.array();
    }

    private static List<byte[]> bodies(int... lengths) {
        return Arrays.stream(lengths).mapToObj(FrameBufferTest::body).toList();
    }

    /** Appends the piece and takes every frame that is whole by then, as a connection does. */
    private void feed(byte[] stream, int from, int to, List<byte[]> received) {
        frames.append(chunk(Arrays.copyOfRange(stream, from, to)));
        while (!frames.violatesLimit()) {
            ByteBuffer frame = frames.next();
            if (frame == null) {
                break;
            }
            byte[] body = new byte[frame.remaining()];
            frame.get(body);
            received.add(body);
        }
        frames.trim();
    }

    private void assertReceived(List<byte[]> received, List<byte[]> sent) {
        assertThat(received.toArray(byte[][]::new)).isDeepEqualTo(sent.toArray(byte[][]::new));
        assertThat(frames.has(1)).isFalse();
        assertThat(usedBytes()).as("memory while nothing is unread").isZero();
    }

    @Test
    void framesAreFoundAtEverySplitPoint() {
        List<byte[]> sent = bodies(0, 1, 3, 4, 5, 40, 0, 17);
        byte[] stream = stream(sent);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                List<byte[]> received = new ArrayList<>();
                feed(stream, 0, first, received);
                feed(stream, first, second, received);
                feed(stream, second, stream.length, received);
                assertReceived(received, sent);
            }
        }
    }

    @Test
    void framesAreFoundInSegmentsOfOneByte() {
        List<byte[]> sent = bodies(0, 1, 3, 4, 5, 200, 0, 3_000);
        byte[] stream = stream(sent);
        List<byte[]> received = new ArrayList<>();
        for (int at = 0; at < stream.length; at++) {
            feed(stream, at, at + 1, received);
        }
        assertReceived(received, sent);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void framesAreFoundInSegmentsOfAnySize(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(body(random.nextInt(10) == 0 ? random.nextInt(MAX_FRAME_BYTES + 1) : random.nextInt(100)));
        }
        sent.add(body(MAX_FRAME_BYTES));
        byte[] stream = stream(sent);
        List<byte[]> received = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int to = Math.min(stream.length, at + random.nextInt(20_000));
            feed(stream, at, to, received);
            at = to;
        }
        assertReceived(received, sent);
    }

    /** The pieces of one frame are gathered where there is room for more, not copied again for each. */
    @Test
    void aLargeFrameIsMovedAFewTimesOnly() {
        byte[] stream = stream(bodies(MAX_FRAME_BYTES));
        List<byte[]> received = new ArrayList<>();
        long before = 0;
        int moves = 0;
        for (int at = 0; at < stream.length; at += 100) {
            feed(stream, at, Math.min(stream.length, at + 100), received);
            moves += usedBytes() == before ? 0 : 1;
            before = usedBytes();
        }
        assertThat(received).hasSize(1);
        assertThat(moves).as("changes of the memory in use over 1001 pieces").isLessThanOrEqualTo(8);
    }

    @Test
    void memoryIsInProportionToWhatHasBeenSent() {
        frames.append(chunk(ByteBuffer.allocate(4).putInt(MAX_FRAME_BYTES).array()));
        frames.append(chunk(new byte[1]));
        frames.trim();
        assertThat(usedBytes()).as("a length and a byte").isLessThanOrEqualTo(20);
        frames.release();

        frames.append(allocator.heapBuffer(1 << 16).writeInt(9).writeByte(1));
        assertThat(frames.next()).isNull();
        frames.trim();
        assertThat(usedBytes()).as("the same in a receive buffer").isLessThanOrEqualTo(20);
        assertThat(frames.peekInt(0)).isEqualTo(9);
        frames.release();
        assertThat(usedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, MAX_FRAME_BYTES + 1, Integer.MAX_VALUE})
    void aLengthThatNoFrameMayHaveIsAViolation(int length) {
        byte[] stream =
                ByteBuffer.allocate(9).putInt(1).put((byte) 7).putInt(length).array();
        List<byte[]> received = new ArrayList<>();
        feed(stream, 0, 8, received);
        assertThat(frames.violatesLimit()).as("three of four bytes").isFalse();
        feed(stream, 8, 9, received);

        assertThat(frames.violatesLimit()).isTrue();
        assertThat(received).containsExactly(new byte[] {7});
        frames.append(chunk(new byte[1000]));
        assertThat(usedBytes()).as("no room is made for what is refused").isLessThan(2_000);
        frames.release();
        assertThat(usedBytes()).isZero();
    }

    @Test
    void theLargestFrameIsAllowed() {
        feed(stream(bodies(MAX_FRAME_BYTES)), 0, 4, new ArrayList<>());
        assertThat(frames.violatesLimit()).isFalse();
    }

    /** Who sets no limit gets none: the sum of length and prefix must not turn negative. */
    @Test
    void withoutALimitAHugeFrameIsWaitedFor() {
        FrameBuffer unlimited = new FrameBuffer(allocator, Integer.MAX_VALUE);
        unlimited.append(chunk(ByteBuffer.allocate(5).putInt(Integer.MAX_VALUE).array()));

        assertThat(unlimited.violatesLimit()).isFalse();
        assertThat(unlimited.next()).isNull();
        unlimited.release();
        assertThat(usedBytes()).isZero();
    }

    @Test
    void whatIsPeekedAtStaysUnread() {
        frames.append(chunk(
                ByteBuffer.allocate(16).putInt(8).putLong(0x0102030405060708L).array()));
        assertThat(frames.peekInt(0)).isEqualTo(8);
        assertThat(frames.peekLong(4)).isEqualTo(0x0102030405060708L);
        assertThat(frames.has(16)).isTrue();
        assertThat(frames.has(17)).isFalse();
        assertThat(frames.next()).isNotNull();
        assertThat(frames.has(4)).isTrue();
        assertThat(frames.peekInt(0)).as("behind the frame that was taken").isZero();
        frames.release();
    }

    @Test
    void ownedChunksAreReleasedOnEveryPath() {
        ByteBuf whole = chunk(new byte[] {0, 0, 0, 0});
        frames.append(whole);
        assertThat(frames.next()).isNotNull();
        frames.trim();
        assertThat(whole.refCnt()).as("a chunk that was read to its end").isZero();

        ByteBuf first = chunk(new byte[] {0, 0, 0, 9});
        ByteBuf second = chunk(new byte[8]);
        frames.append(first);
        frames.append(second);
        assertThat(first.refCnt()).as("a chunk that was too small for the next").isZero();
        assertThat(second.refCnt()).as("a chunk that was copied").isZero();
        frames.trim();
        assertThat(usedBytes()).as("kept while unread").isPositive();
        frames.release();
        frames.release();
        assertThat(usedBytes()).isZero();
    }
}
