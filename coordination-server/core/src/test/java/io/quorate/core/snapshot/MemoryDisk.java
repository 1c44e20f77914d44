package io.quorate.core.snapshot;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFailure;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A disk in memory. Commands wait until the test carries them out. Content that was not forced cannot be renamed. */
final class MemoryDisk implements Disk, DiskImage {

    private final Map<DiskFile, byte[]> files = new HashMap<>();
    private final Set<DiskFile> unforced = new HashSet<>();
    private final ArrayDeque<Command> commands = new ArrayDeque<>();
    /** The command, counted from 1 over the life of this disk, that fails; 0 for none. */
    private int failing;

    private int carriedOut;
    private int mostWaiting;

    /** A command that waits. */
    private record Command(long ticket, String name, Runnable effect) {}

    void put(DiskFile file, byte[] content) {
        files.put(file, content.clone());
    }

    byte @Nullable [] get(DiskFile file) {
        return files.get(file);
    }

    Set<DiskFile> files() {
        return files.keySet();
    }

    void failCommand(int number) {
        failing = number;
    }

    int carriedOut() {
        return carriedOut;
    }

    int waiting() {
        return commands.size();
    }

    int mostWaiting() {
        return mostWaiting;
    }

    /** Carries out the oldest command and tells the writer. */
    void carryOutOne(SnapshotWriter writer) {
        Command command = commands.remove();
        carriedOut++;
        DiskOutcome outcome = DiskOutcome.DONE;
        if (carriedOut == failing) {
            outcome = new DiskOutcome.Failed(DiskOutcome.Cause.NO_SPACE, "no space for " + command.name());
        } else {
            command.effect().run();
        }
        if (!writer.onDiskCompleted(command.ticket(), outcome)) {
            throw new AssertionError("the writer does not know its ticket of " + command.name());
        }
    }

    private void wait(long ticket, String name, Runnable effect) {
        commands.add(new Command(ticket, name, effect));
        mostWaiting = Math.max(mostWaiting, commands.size());
    }

    @Override
    public void reserve(long ticket, DiskFile file, long sizeBytes) {
        throw new UnsupportedOperationException("snapshots reserve nothing");
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        wait(ticket, "write", () -> {
            byte[] old = files.getOrDefault(file, new byte[0]);
            byte[] content = Arrays.copyOf(old, Math.max(old.length, (int) offset + bytes.remaining()));
            bytes.get(content, (int) offset, bytes.remaining());
            files.put(file, content);
            unforced.add(file);
        });
    }

    @Override
    public void force(long ticket, DiskFile file) {
        wait(ticket, "force", () -> unforced.remove(file));
    }

    @Override
    public void truncate(long ticket, DiskFile file, long sizeBytes) {
        throw new UnsupportedOperationException("snapshots are never cut");
    }

    @Override
    public void rename(long ticket, DiskFile from, DiskFile to) {
        wait(ticket, "rename", () -> {
            byte[] content = files.remove(from);
            if (content == null || unforced.contains(from)) {
                throw new AssertionError("renamed before it was forced: " + from);
            }
            files.put(to, content);
        });
    }

    @Override
    public void delete(long ticket, DiskFile file) {
        wait(ticket, "delete", () -> files.remove(file));
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        throw new UnsupportedOperationException("the writer reads nothing");
    }

    @Override
    public List<String> list(DiskFile.Volume volume) {
        List<String> names = new ArrayList<>();
        files.keySet().stream().filter(file -> file.volume() == volume).forEach(file -> names.add(file.name()));
        names.sort(null);
        return names;
    }

    @Override
    public long sizeBytes(DiskFile file) {
        return content(file).length;
    }

    @Override
    public int read(DiskFile file, long offset, ByteBuffer into) {
        byte[] content = content(file);
        if (offset >= content.length) {
            return -1;
        }
        // Short reads are legal, and show who relies on long ones.
        int count = Math.min(Math.min(into.remaining(), 1000), content.length - (int) offset);
        into.put(content, (int) offset, count);
        return count;
    }

    private byte[] content(DiskFile file) {
        byte[] content = files.get(file);
        if (content == null) {
            throw new DiskFailure("no file " + file, new IllegalStateException());
        }
        return content;
    }

    @Override
    public void replace(DiskFile file, ByteBuffer content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void truncate(DiskFile file, long sizeBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void force(DiskFile file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rewrite(DiskFile file, long offset, long bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(DiskFile file) {
        files.remove(file);
    }
}
