package io.quorate.runtime.rehearsal;

import io.quorate.core.port.DiskFailure;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import java.io.FileNotFoundException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The files of one member. What is written stays, whatever happens to the member. */
final class MemoryFiles implements DiskImage {

    private static final int LEAST_BYTES = 4 << 10;

    private final TreeMap<DiskFile, Content> contents = new TreeMap<>(Comparator.comparing(DiskFile::toString));

    /** One file. Only the first {@code size} bytes count. */
    private static final class Content {
        private byte[] bytes = {};
        private int size;

        private void growTo(int newSize) {
            if (newSize > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(LEAST_BYTES, 2 * newSize));
            }
            size = Math.max(size, newSize);
        }
    }

    /**
     * Makes sure that there is such a file. No space is taken for what may be written: a log reserves megabytes, and
     * the JVM would collect garbage for that while the server takes its first clients.
     */
    void create(DiskFile file) {
        contents.computeIfAbsent(file, absent -> new Content());
    }

    void write(DiskFile file, long offset, ByteBuffer bytes) {
        create(file);
        Content content = existing(file);
        content.growTo(Math.toIntExact(offset) + bytes.remaining());
        bytes.get(content.bytes, Math.toIntExact(offset), bytes.remaining());
    }

    void rename(DiskFile from, DiskFile to) {
        contents.put(to, existing(from));
        contents.remove(from);
    }

    @Override
    public List<String> list(DiskFile.Volume volume) {
        return contents.keySet().stream()
                .filter(file -> file.volume() == volume)
                .map(DiskFile::name)
                .toList();
    }

    @Override
    public long sizeBytes(DiskFile file) {
        return existing(file).size;
    }

    @Override
    public int read(DiskFile file, long offset, ByteBuffer into) {
        Content content = existing(file);
        if (offset >= content.size) {
            return -1;
        }
        int count = Math.min(into.remaining(), content.size - Math.toIntExact(offset));
        into.put(content.bytes, Math.toIntExact(offset), count);
        return count;
    }

    @Override
    public void replace(DiskFile file, ByteBuffer content) {
        contents.put(file, new Content());
        write(file, 0, content);
    }

    @Override
    public void truncate(DiskFile file, long sizeBytes) {
        Content content = existing(file);
        int size = Math.toIntExact(sizeBytes);
        if (size < content.size) {
            Arrays.fill(content.bytes, size, content.size, (byte) 0);
            content.size = size;
        }
    }

    /** Memory needs none. */
    @Override
    public void force(DiskFile file) {
        existing(file);
    }

    /** Memory needs none. */
    @Override
    public void rewrite(DiskFile file, long offset, long bytes) {
        existing(file);
    }

    @Override
    public void delete(DiskFile file) {
        contents.remove(file);
    }

    private Content existing(DiskFile file) {
        Content content = contents.get(file);
        if (content == null) {
            throw new DiskFailure("no such file " + file, new FileNotFoundException(file.name()));
        }
        return content;
    }
}
