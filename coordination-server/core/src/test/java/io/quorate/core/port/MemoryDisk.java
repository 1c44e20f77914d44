package io.quorate.core.port;

import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskOutcome.Cause;
import io.quorate.core.port.DiskOutcome.Failed;
import java.io.FileNotFoundException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A lane, and the files behind it as recovery meets them. A command takes effect, and is reported, when the test says
 * so. Everything written survives; what the port forbids is an error of the test.
 */
public final class MemoryDisk implements Disk, DiskImage {

    /** Reads are short, as real ones may be: shorter than a few records, or than a page of a snapshot. */
    private static final int LONGEST_LOG_READ_BYTES = 100;

    private static final int LONGEST_SNAPSHOT_READ_BYTES = 1000;

    /** Content by file; the test may change it. */
    public final TreeMap<DiskFile, byte[]> files;
    /** Commands in the order in which they were given, as "write log:log.1", and what recovery forces. */
    public final List<String> commands = new ArrayList<>();

    /** Reserve commands fail for lack of space while the files would become larger than this together. */
    public long capacity = Long.MAX_VALUE;
    /** Commands that are given meanwhile and begin so fail with an I/O error and have no effect. */
    public String failing = "nothing";
    /** The command, counted from 1 over the life of this lane, that finds no space; 0 for none. */
    public int failingNumber;

    /** Files with bytes that were written and not forced. */
    private final Set<DiskFile> unforced;

    private final ArrayDeque<Command> waiting = new ArrayDeque<>();
    private int carriedOut;
    private int mostWaiting;

    /** What a command does when it is carried out. */
    private interface Effect {
        DiskOutcome run();
    }

    private record Command(long ticket, String text, boolean fails, Effect effect) {}

    /** An empty disk. */
    public MemoryDisk() {
        files = new TreeMap<>(Comparator.comparing(DiskFile::toString));
        unforced = new HashSet<>();
    }

    /** A further lane on the same files. */
    public MemoryDisk(MemoryDisk shared) {
        files = shared.files;
        unforced = shared.unforced;
    }

    /** Another disk with the same content. */
    public MemoryDisk copy() {
        MemoryDisk copy = new MemoryDisk();
        files.forEach((file, bytes) -> copy.files.put(file, bytes.clone()));
        return copy;
    }

    public boolean isBusy() {
        return !waiting.isEmpty();
    }

    public int waiting() {
        return waiting.size();
    }

    public int mostWaiting() {
        return mostWaiting;
    }

    public int carriedOut() {
        return carriedOut;
    }

    /** Carries out the oldest command and reports it; false when there is none. */
    public boolean completeOne(Completions owner) {
        Command command = waiting.poll();
        if (command == null) {
            return false;
        }
        carriedOut++;
        owner.onDiskCompleted(command.ticket, carryOut(command));
        return true;
    }

    /** Carries out what waits, and what is commanded meanwhile. */
    public void completeAll(Completions owner) {
        while (completeOne(owner)) {
            continue;
        }
    }

    private DiskOutcome carryOut(Command command) {
        if (command.fails) {
            return new Failed(Cause.IO_ERROR, "the medium is broken");
        }
        if (carriedOut == failingNumber) {
            return new Failed(Cause.NO_SPACE, "no space for " + command.text);
        }
        return command.effect.run();
    }

    private void add(long ticket, String name, DiskFile file, Effect effect) {
        String text = name + " " + file;
        commands.add(text);
        waiting.add(new Command(ticket, text, text.startsWith(failing), effect));
        mostWaiting = Math.max(mostWaiting, waiting.size());
    }

    private int lengthOf(DiskFile file) {
        byte[] bytes = files.get(file);
        return bytes == null ? 0 : bytes.length;
    }

    private void resize(DiskFile file, long sizeBytes) {
        files.put(file, Arrays.copyOf(files.getOrDefault(file, new byte[0]), (int) sizeBytes));
    }

    @Override
    public void reserve(long ticket, DiskFile file, long sizeBytes) {
        add(ticket, "reserve", file, () -> {
            long size = Math.max(lengthOf(file), sizeBytes);
            long others =
                    files.values().stream().mapToLong(bytes -> bytes.length).sum() - lengthOf(file);
            if (others + size > capacity) {
                return new Failed(Cause.NO_SPACE, "no space left");
            }
            if (size > lengthOf(file) || !files.containsKey(file)) {
                resize(file, size);
                unforced.add(file);
            }
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        add(ticket, "write", file, () -> {
            int end = (int) offset + bytes.remaining();
            if (lengthOf(file) < end) {
                if (file.volume() == Volume.LOG) {
                    throw new AssertionError("write to " + file + " beyond what is reserved");
                }
                resize(file, end);
            }
            bytes.get(files.get(file), (int) offset, bytes.remaining());
            unforced.add(file);
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void force(long ticket, DiskFile file) {
        add(ticket, "force", file, () -> {
            unforced.remove(file);
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void truncate(long ticket, DiskFile file, long sizeBytes) {
        add(ticket, "truncate", file, () -> {
            truncate(file, sizeBytes);
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void rename(long ticket, DiskFile from, DiskFile to) {
        add(ticket, "rename", to, () -> {
            byte[] content = files.remove(from);
            if (content == null || unforced.remove(from)) {
                throw new AssertionError("renamed before it was written and forced: " + from);
            }
            files.put(to, content);
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void delete(long ticket, DiskFile file) {
        add(ticket, "delete", file, () -> {
            delete(file);
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        add(ticket, "read", file, () -> new DiskOutcome.Done(read(file, offset, into)));
    }

    @Override
    public void examine(long ticket, Consumer<DiskImage> work) {
        add(ticket, "examine", DiskFile.log(""), () -> {
            try {
                work.accept(this);
                return DiskOutcome.DONE;
            } catch (RuntimeException e) {
                return new Failed(Cause.IO_ERROR, e.getMessage() == null ? e.toString() : e.getMessage());
            }
        });
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
        int longest = file.volume() == Volume.LOG ? LONGEST_LOG_READ_BYTES : LONGEST_SNAPSHOT_READ_BYTES;
        int count = Math.min(Math.min(into.remaining(), longest), bytes.length - (int) offset);
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
        unforced.remove(file);
    }

    private byte[] existing(DiskFile file) {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new DiskFailure("no such file " + file, new FileNotFoundException(file.name()));
        }
        return bytes;
    }
}
