package io.quorate.app.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One direction of one connection: what has been read from one side and not yet been written to the other. */
final class Flow {

    private static final int READ_BYTES = 16 << 10;
    /** More than that and the sender has to wait, as with a full window. */
    private static final int MAX_QUEUED_BYTES = 256 << 10;

    private static final double NANOS_PER_SECOND = 1e9;

    /** @param bytes empty at the end of the stream */
    private record Chunk(ByteBuffer bytes, long dueNanos) {}

    private final SocketChannel from;
    private final SocketChannel to;
    private final Wire wire;
    /** What an election greeting is to name instead; null where none comes, or it is through. */
    private @Nullable String announced;

    private ByteBuffer greeting = ByteBuffer.allocate(0);
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private int queuedBytes;
    private boolean ended;
    /** The other side takes nothing at the moment. */
    private boolean blocked;
    /** Before this moment a narrow wire is busy. */
    private long freeNanos = System.nanoTime();

    Flow(SocketChannel from, SocketChannel to, Wire wire, @Nullable String announced) {
        this.from = from;
        this.to = to;
        this.wire = wire;
        this.announced = announced;
    }

    Wire wire() {
        return wire;
    }

    boolean wantsToRead() {
        return !ended && queuedBytes < MAX_QUEUED_BYTES;
    }

    boolean isBlocked() {
        return blocked;
    }

    void read() {
        ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
        int read;
        try {
            read = from.read(bytes);
        } catch (IOException reset) {
            read = -1;
        }
        if (read < 0) {
            ended = true;
            add(ByteBuffer.allocate(0));
        } else if (read > 0) {
            ByteBuffer passed = pass(bytes.flip());
            if (passed != null) {
                add(passed);
            }
        }
    }

    private @Nullable ByteBuffer pass(ByteBuffer bytes) {
        String address = announced;
        if (address == null) {
            return bytes;
        }
        greeting = ByteBuffer.allocate(greeting.remaining() + bytes.remaining())
                .put(greeting)
                .put(bytes)
                .flip();
        ByteBuffer rewritten = ElectionGreeting.rewrite(greeting, address);
        if (rewritten != null) {
            announced = null;
        }
        return rewritten;
    }

    private void add(ByteBuffer bytes) {
        Wire.Condition condition = wire.condition();
        long jitter =
                condition.jitterNanos() == 0 ? 0 : ThreadLocalRandom.current().nextLong(condition.jitterNanos());
        Chunk last = chunks.peekLast();
        long due = System.nanoTime() + condition.delayNanos() + jitter;
        chunks.add(new Chunk(bytes, last == null ? due : Math.max(due, last.dueNanos())));
        queuedBytes += bytes.remaining();
    }

    /**
     * Writes what is due.
     *
     * @return false once the end has come through
     */
    boolean pump(long nowNanos) throws IOException {
        blocked = false;
        for (Chunk chunk = chunks.peek(); chunk != null && isDue(chunk, nowNanos); chunk = chunks.peek()) {
            if (!chunk.bytes().hasRemaining()) {
                return false;
            }
            int limit = wire.condition().bytesPerSecond();
            ByteBuffer bytes = limit == 0 ? chunk.bytes() : piece(chunk.bytes());
            int written = to.write(bytes);
            queuedBytes -= written;
            if (limit > 0) {
                chunk.bytes().position(chunk.bytes().position() + written);
                freeNanos = nowNanos + (long) (written * NANOS_PER_SECOND / limit);
            }
            if (bytes.hasRemaining()) {
                blocked = true;
                return true;
            }
            if (!chunk.bytes().hasRemaining()) {
                chunks.remove();
            }
        }
        return true;
    }

    private static ByteBuffer piece(ByteBuffer bytes) {
        return bytes.slice(bytes.position(), Math.min(1 << 10, bytes.remaining()));
    }

    private boolean isDue(Chunk chunk, long nowNanos) {
        return !wire.condition().held() && chunk.dueNanos() <= nowNanos && freeNanos <= nowNanos;
    }

    /** When {@link #pump} is worth a call; {@link Long#MAX_VALUE} when nothing but an event can change that. */
    long dueNanos() {
        Chunk next = chunks.peek();
        return next == null || blocked || wire.condition().held()
                ? Long.MAX_VALUE
                : Math.max(next.dueNanos(), freeNanos);
    }
}
