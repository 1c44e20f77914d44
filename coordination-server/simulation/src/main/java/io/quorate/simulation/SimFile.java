package io.quorate.simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Content of one file, twice: what readers see, and what the medium holds. Bytes that were written and not forced
 * differ.
 *
 * <p>The medium writes sectors. One that holds bytes which nobody wrote since the last force is written whole or not at
 * all (at word granularity), since no log without alignment survives anything else; one that was written entirely may
 * hold garbage after a crash.
 */
final class SimFile {

    static final int PAGE_BYTES = 4096;
    static final int SECTOR_BYTES = 512;
    private static final int WORD_BYTES = Long.BYTES;

    /** What readers see. Only the first {@link #size} bytes count; the rest is zero. */
    private byte[] cache = {};

    private int size;
    /** What the medium holds. */
    private byte[] medium = {};

    private int mediumSize;
    /** Grows whenever the medium has changed in another way than by getting more. */
    private int rewrites;
    /** Bytes written since they were last forced. */
    private final BitSet dirty = new BitSet();

    int size() {
        return size;
    }

    /** What the medium holds; not to be changed, and valid until the next command. */
    ByteBuffer medium() {
        return ByteBuffer.wrap(medium, 0, mediumSize).asReadOnlyBuffer();
    }

    int rewrites() {
        return rewrites;
    }

    void write(int offset, ByteBuffer bytes) {
        int end = offset + bytes.remaining();
        grow(end);
        dirty.set(offset, end);
        bytes.get(cache, offset, bytes.remaining());
    }

    /** Bytes between the old and the new size are zeros, written but not forced. */
    void grow(int newSize) {
        if (newSize <= size) {
            return;
        }
        if (newSize > cache.length) {
            cache = Arrays.copyOf(cache, Math.max(newSize, 2 * cache.length));
        }
        dirty.set(size, newSize);
        size = newSize;
    }

    /** -1 at or behind the end. */
    int read(long offset, ByteBuffer into) {
        if (offset >= size) {
            return -1;
        }
        int count = Math.min(into.remaining(), size - (int) offset);
        into.put(cache, (int) offset, count);
        return count;
    }

    /** What a failed force gave up is not dirty any more and stays missing. */
    void force() {
        medium = Arrays.copyOf(medium, size);
        for (int at = dirty.nextSetBit(0); at >= 0; ) {
            int end = dirty.nextClearBit(at);
            System.arraycopy(cache, at, medium, at, end - at);
            at = dirty.nextSetBit(end);
        }
        mediumSize = size;
        dirty.clear();
    }

    /** Cut durably; nothing else becomes durable by it. */
    void truncate(int newSize) {
        rewrites++;
        if (newSize < size) {
            Arrays.fill(cache, newSize, size, (byte) 0);
            dirty.clear(newSize, size);
            size = newSize;
        }
        mediumSize = Math.min(mediumSize, newSize);
        medium = Arrays.copyOf(medium, mediumSize);
    }

    /** The system gave up writing: each page reached the medium or not, and none will be tried again. */
    void failForce(SimRandom random) {
        settleMedium(random, false);
        rewrites++;
        dirty.clear();
    }

    /** Power is gone: what readers see from now on is what the medium holds. */
    void crash(SimRandom random) {
        settleMedium(random, true);
        rewrites++;
        cache = medium.clone();
        size = mediumSize;
        dirty.clear();
    }

    void flipBit(int offset, int bit) {
        rewrites++;
        cache[offset] ^= (byte) (1 << bit);
        if (offset < mediumSize) {
            medium[offset] ^= (byte) (1 << bit);
        }
    }

    private void settleMedium(SimRandom random, boolean mayGarble) {
        byte[] settled = Arrays.copyOf(medium, size);
        int kept = mediumSize;
        for (int at = dirty.nextSetBit(0); at >= 0; at = dirty.nextSetBit(pageEnd(at))) {
            int pageStart = at / PAGE_BYTES * PAGE_BYTES;
            int pageEnd = Math.min(pageEnd(at), size);
            if (settlePage(settled, pageStart, pageEnd, random, mayGarble)) {
                kept = Math.max(kept, pageEnd);
            }
        }
        // The size is metadata of its own: without any page behind it, the file may be long already, or still short.
        if (kept < size && random.oneIn(3)) {
            kept = size;
        }
        medium = Arrays.copyOf(settled, kept);
        mediumSize = kept;
    }

    private static int pageEnd(int offset) {
        return offset / PAGE_BYTES * PAGE_BYTES + PAGE_BYTES;
    }

    /** True when anything of the page got to the medium. */
    private boolean settlePage(byte[] settled, int start, int end, SimRandom random, boolean mayGarble) {
        switch ((int) random.below(mayGarble ? 4 : 2)) {
            case 0 -> {
                return false;
            }
            case 1 -> System.arraycopy(cache, start, settled, start, end - start);
            case 2 -> {
                int words = (end - start + WORD_BYTES - 1) / WORD_BYTES;
                int torn = Math.min(end - start, (int) random.below(words + 1) * WORD_BYTES);
                System.arraycopy(cache, start, settled, start, torn);
            }
            default -> {
                for (int sector = start; sector < end; sector += SECTOR_BYTES) {
                    settleSector(settled, sector, Math.min(sector + SECTOR_BYTES, end), random);
                }
            }
        }
        return true;
    }

    private void settleSector(byte[] settled, int start, int end, SimRandom random) {
        boolean whole = dirty.nextClearBit(start) >= end;
        long fate = random.below(whole ? 3 : 2);
        if (fate == 1) {
            System.arraycopy(cache, start, settled, start, end - start);
        } else if (fate == 2) {
            for (int at = start; at < end; at++) {
                settled[at] = (byte) random.nextLong();
            }
        }
    }
}
