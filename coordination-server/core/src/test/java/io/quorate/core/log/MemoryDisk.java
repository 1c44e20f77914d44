package io.quorate.core.log;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFailure;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.DiskOutcome.Cause;
import io.quorate.core.port.DiskOutcome.Failed;
import java.io.FileNotFoundException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** A disk that does everything at once and completes when the test says so. Everything written is durable. */
final class MemoryDisk implements Disk, DiskImage {

    final TreeMap<DiskFile, byte[]> files = new TreeMap<>(Comparator.comparing(DiskFile::toString));
    /** Commands in order, as "write log:log.1". */
    final List<String> commands = new ArrayList<>();

    /** Reserve commands fail for lack of space while files would become larger than this. */
    long capacity = Long.MAX_VALUE;
    /** Commands that begin so fail with an I/O error. */
    String failing = "nothing";

    private final ArrayDeque<Runnable> completions = new ArrayDeque<>();
    private LogWriter writer;

    MemoryDisk copy() {
        MemoryDisk copy = new MemoryDisk();
        files.forEach((file, bytes) -> copy.files.put(file, bytes.clone()));
        return copy;
    }

    void attach(LogWriter attached) {
        writer = attached;
    }

    /** Delivers the oldest completion; false when there is none. */
    boolean completeOne() {
        Runnable next = completions.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    /** Turns until nothing is under way. */
    void settle() {
        do {
            while (completeOne()) {
                continue;
            }
            writer.endOfTurn();
        } while (!completions.isEmpty());
    }

    private void finish(long ticket, String command, DiskFile file, DiskOutcome outcome) {
        String text = command + " " + file;
        commands.add(text);
        DiskOutcome told = text.startsWith(failing) ? new Failed(Cause.IO_ERROR, "the medium is broken") : outcome;
        completions.add(() -> {
            if (!writer.onDiskCompleted(ticket, told)) {
                throw new AssertionError("ticket of " + text + " not recognised");
            }
        });
    }

    private void resize(DiskFile file, long sizeBytes) {
        files.put(file, Arrays.copyOf(files.getOrDefault(file, new byte[0]), (int) sizeBytes));
    }

    private long used() {
        return files.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    @Override
    public void reserve(long ticket, DiskFile file, long sizeBytes) {
        long before = files.getOrDefault(file, new byte[0]).length;
        boolean fits = used() + sizeBytes - before <= capacity;
        if (fits) {
            resize(file, Math.max(before, sizeBytes));
        }
        finish(ticket, "reserve", file, fits ? DiskOutcome.DONE : new Failed(Cause.NO_SPACE, "no space left"));
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        int end = (int) offset + bytes.remaining();
        if (files.getOrDefault(file, new byte[0]).length < end) {
            throw new AssertionError("write to " + file + " beyond what is reserved");
        }
        bytes.duplicate().get(files.get(file), (int) offset, bytes.remaining());
        finish(ticket, "write", file, DiskOutcome.DONE);
    }

    @Override
    public void force(long ticket, DiskFile file) {
        finish(ticket, "force", file, DiskOutcome.DONE);
    }

    @Override
    public void truncate(long ticket, DiskFile file, long sizeBytes) {
        resize(file, sizeBytes);
        finish(ticket, "truncate", file, DiskOutcome.DONE);
    }

    @Override
    public void rename(long ticket, DiskFile from, DiskFile to) {
        files.put(to, files.remove(from));
        finish(ticket, "rename", to, DiskOutcome.DONE);
    }

    @Override
    public void delete(long ticket, DiskFile file) {
        files.remove(file);
        finish(ticket, "delete", file, DiskOutcome.DONE);
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        finish(ticket, "read", file, new DiskOutcome.Done(read(file, offset, into)));
    }

    @Override
    public List<String> list(Volume volume) {
        return files.keySet().stream()
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
        // Short reads, as real ones may be.
        int count = Math.min(Math.min(into.remaining(), 100), bytes.length - (int) offset);
        into.put(bytes, (int) offset, count);
        return count;
    }

    @Override
    public void replace(DiskFile file, ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        files.put(file, bytes);
    }

    @Override
    public void truncate(DiskFile file, long sizeBytes) {
        existing(file);
        resize(file, sizeBytes);
    }

    @Override
    public void force(DiskFile file) {
        existing(file);
        commands.add("recovery force " + file);
    }

    @Override
    public void rewrite(DiskFile file, long offset, long bytes) {
        existing(file);
        commands.add("recovery rewrite " + file + " " + offset + "+" + bytes);
    }

    @Override
    public void delete(DiskFile file) {
        files.remove(file);
    }

    private byte[] existing(DiskFile file) {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new DiskFailure("no such file " + file, new FileNotFoundException(file.name()));
        }
        return bytes;
    }
}
