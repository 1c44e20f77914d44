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

    private final TreeMap<DiskFile, byte[]> contents = new TreeMap<>(Comparator.comparing(DiskFile::toString));

    /** Makes a file at least so large. */
    void extend(DiskFile file, long sizeBytes) {
        byte[] bytes = contents.getOrDefault(file, new byte[0]);
        if (bytes.length < sizeBytes || !contents.containsKey(file)) {
            contents.put(file, Arrays.copyOf(bytes, Math.toIntExact(Math.max(bytes.length, sizeBytes))));
        }
    }

    void write(DiskFile file, long offset, ByteBuffer bytes) {
        extend(file, offset + bytes.remaining());
        bytes.get(existing(file), Math.toIntExact(offset), bytes.remaining());
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
        return existing(file).length;
    }

    @Override
    public int read(DiskFile file, long offset, ByteBuffer into) {
        byte[] bytes = existing(file);
        if (offset >= bytes.length) {
            return -1;
        }
        int count = Math.min(into.remaining(), bytes.length - Math.toIntExact(offset));
        into.put(bytes, Math.toIntExact(offset), count);
        return count;
    }

    @Override
    public void replace(DiskFile file, ByteBuffer content) {
        contents.put(file, new byte[0]);
        write(file, 0, content);
    }

    @Override
    public void truncate(DiskFile file, long sizeBytes) {
        contents.put(file, Arrays.copyOf(existing(file), Math.toIntExact(sizeBytes)));
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

    private byte[] existing(DiskFile file) {
        byte[] bytes = contents.get(file);
        if (bytes == null) {
            throw new DiskFailure("no such file " + file, new FileNotFoundException(file.name()));
        }
        return bytes;
    }
}
