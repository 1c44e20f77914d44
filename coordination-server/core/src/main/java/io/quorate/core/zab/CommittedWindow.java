package io.quorate.core.zab;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The latest transactions of the history, as bytes, for learners that have been away (quorum protocol 4.5). Contiguous:
 * every transaction that enters the tree enters here, and a history that jumps starts over.
 *
 * <p>They lie one behind the other in a few large pieces of memory, which are used again. As objects of their own they
 * would live just long enough to be moved by every collection of the JVM, which stood still for that.
 */
public final class CommittedWindow {

    /** @param payload as it is logged and proposed */
    public record Entry(long zxid, byte[] payload) {}

    /** Zxid and length in front of each payload. */
    private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

    private static final int MOST_PIECE_BYTES = 256 << 10;
    private static final int LEAST_PIECE_BYTES = 1 << 10;
    private static final int PIECES = 16;
    private static final long NONE = -1;

    private final int maxEntries;
    private final long maxBytes;
    private final int pieceBytes;
    /** Oldest first; none is without entries. */
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    /** One that is free, of the usual size. */
    private @Nullable Piece spare;

    private int size;
    private long bytes;

    /** Entries from {@code start} to {@code end}. */
    private static final class Piece {
        private final ByteBuffer memory;
        private int start;
        private int end;
        private long lastZxid;

        private Piece(int capacity) {
            memory = ByteBuffer.allocate(capacity);
        }

        private boolean hasRoomFor(int length) {
            return memory.capacity() - end >= length;
        }

        private void append(long zxid, byte[] payload) {
            memory.putLong(end, zxid).putInt(end + Long.BYTES, payload.length).put(end + HEADER_BYTES, payload);
            end += HEADER_BYTES + payload.length;
            lastZxid = zxid;
        }

        private long zxidAt(int offset) {
            return memory.getLong(offset);
        }

        private int lengthAt(int offset) {
            return HEADER_BYTES + memory.getInt(offset + Long.BYTES);
        }

        private Entry entryAt(int offset) {
            byte[] payload = new byte[lengthAt(offset) - HEADER_BYTES];
            memory.get(offset + HEADER_BYTES, payload);
            return new Entry(zxidAt(offset), payload);
        }

        /** Offset of the first entry behind {@code zxid}, or the end. */
        private int offsetBehind(long zxid) {
            int offset = start;
            while (offset < end && zxidAt(offset) <= zxid) {
                offset += lengthAt(offset);
            }
            return offset;
        }
    }

    /**
     * @param maxEntries at least 1
     * @param maxBytes of payloads and what keeping them costs
     */
    public CommittedWindow(int maxEntries, long maxBytes) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        pieceBytes = (int) Math.max(LEAST_PIECE_BYTES, Math.min(MOST_PIECE_BYTES, maxBytes / PIECES));
    }

    /** @param zxid greater than every one before it */
    public void add(long zxid, byte[] payload) {
        int length = HEADER_BYTES + payload.length;
        roomFor(length).append(zxid, payload);
        size++;
        bytes += length;
        while (size > maxEntries || bytes > maxBytes && size > 1) {
            removeFirst();
        }
    }

    private Piece roomFor(int length) {
        Piece last = pieces.peekLast();
        if (last != null && last.hasRoomFor(length)) {
            return last;
        }
        Piece next = spare;
        if (next != null && next.hasRoomFor(length)) {
            spare = null;
        } else {
            next = new Piece(Math.max(pieceBytes, length));
        }
        pieces.addLast(next);
        return next;
    }

    private void removeFirst() {
        Piece oldest = pieces.getFirst();
        int length = oldest.lengthAt(oldest.start);
        oldest.start += length;
        size--;
        bytes -= length;
        if (oldest.start == oldest.end) {
            pieces.removeFirst();
            oldest.start = 0;
            oldest.end = 0;
            spare = oldest.memory.capacity() == pieceBytes ? oldest : spare;
        }
    }

    /** The history starts over somewhere else. */
    public void clear() {
        pieces.clear();
        size = 0;
        bytes = 0;
    }

    public boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Zxid of the oldest transaction; requires that there is one. */
    public long first() {
        Piece oldest = pieces.getFirst();
        return oldest.zxidAt(oldest.start);
    }

    /** Zxid of the latest transaction; requires that there is one. */
    public long last() {
        return pieces.getLast().lastZxid;
    }

    public int size() {
        return size;
    }

    /** Zxid of the latest transaction that is not behind {@code zxid}; -1 when there is none. */
    long latestUpTo(long zxid) {
        for (Iterator<Piece> latest = pieces.descendingIterator(); latest.hasNext(); ) {
            Piece piece = latest.next();
            if (piece.lastZxid <= zxid) {
                return piece.lastZxid;
            }
            if (piece.zxidAt(piece.start) <= zxid) {
                return latestUpTo(zxid, piece);
            }
        }
        return NONE;
    }

    private static long latestUpTo(long zxid, Piece piece) {
        long found = NONE;
        for (int offset = piece.start; piece.zxidAt(offset) <= zxid; offset += piece.lengthAt(offset)) {
            found = piece.zxidAt(offset);
        }
        return found;
    }

    /** Everything behind {@code zxid}, oldest first; valid until the next change. */
    public Iterator<Entry> behind(long zxid) {
        return new Behind(zxid);
    }

    private final class Behind implements Iterator<Entry> {
        private final Iterator<Piece> later = pieces.iterator();
        /** Null when there is nothing more. */
        private @Nullable Piece piece;

        private int offset;

        private Behind(long zxid) {
            advance();
            while (piece != null && piece.lastZxid <= zxid) {
                advance();
            }
            offset = piece == null ? 0 : piece.offsetBehind(zxid);
        }

        private void advance() {
            piece = later.hasNext() ? later.next() : null;
            offset = piece == null ? 0 : piece.start;
        }

        @Override
        public boolean hasNext() {
            return piece != null;
        }

        @Override
        public Entry next() {
            Piece present = piece;
            if (present == null) {
                throw new NoSuchElementException();
            }
            Entry entry = present.entryAt(offset);
            offset += present.lengthAt(offset);
            if (offset == present.end) {
                advance();
            }
            return entry;
        }
    }
}
