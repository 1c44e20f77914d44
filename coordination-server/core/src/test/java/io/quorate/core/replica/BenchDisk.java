package io.quorate.core.replica;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFailure;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import java.io.FileNotFoundException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** One lane whose commands take effect, and are reported, when the test says so. */
final class BenchDisk implements Disk {

    /** What both lanes share, and recovery reads. Everything in it survives. */
    static final class Files implements DiskImage {
        private final TreeMap<DiskFile, byte[]> content = new TreeMap<>(Comparator.comparing(DiskFile::toString));

        @Override
        public List<String> list(DiskFile.Volume volume) {
            return content.keySet().stream()
                    .filter(file -> file.volume() == volume)
                    .map(DiskFile::name)
                    .toList();
        }

        @Override
        public long sizeBytes(DiskFile file) {
            return bytes(file).length;
        }

        @Override
        public int read(DiskFile file, long offset, ByteBuffer into) {
            byte[] bytes = bytes(file);
            int count = Math.min(into.remaining(), bytes.length - (int) offset);
            if (count <= 0) {
                return -1;
            }
            into.put(bytes, (int) offset, count);
            return count;
        }

        @Override
        public void replace(DiskFile file, ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            content.put(file, copy);
        }

        @Override
        public void truncate(DiskFile file, long sizeBytes) {
            content.put(file, Arrays.copyOf(bytes(file), (int) sizeBytes));
        }

        @Override
        public void force(DiskFile file) {
            bytes(file);
        }

        @Override
        public void rewrite(DiskFile file, long offset, long bytes) {
            bytes(file);
        }

        @Override
        public void delete(DiskFile file) {
            content.remove(file);
        }

        private byte[] bytes(DiskFile file) {
            byte[] bytes = content.get(file);
            if (bytes == null) {
                throw new DiskFailure("no such file " + file, new FileNotFoundException(file.name()));
            }
            return bytes;
        }
    }

    private record Command(long ticket, Runnable effect, boolean needsSpace, boolean isForce) {}

    private final Files files;
    private final ArrayDeque<Command> commands = new ArrayDeque<>();
    boolean full;
    boolean forcesFail;

    BenchDisk(Files files) {
        this.files = files;
    }

    Files files() {
        return files;
    }

    boolean isBusy() {
        return !commands.isEmpty();
    }

    /** Who is told of what has completed. */
    interface Owner {
        void onDiskCompleted(long ticket, DiskOutcome outcome);
    }

    void completeAll(Replica replica) {
        completeAll(replica::onDiskCompleted);
    }

    /** At most that many of the oldest commands complete. */
    void completeSome(Replica replica, int count) {
        for (int i = 0; i < count && !commands.isEmpty(); i++) {
            Command command = commands.poll();
            replica.onDiskCompleted(command.ticket, carryOut(command));
        }
    }

    void completeAll(Owner owner) {
        for (Command command = commands.poll(); command != null; command = commands.poll()) {
            owner.onDiskCompleted(command.ticket, carryOut(command));
        }
    }

    private DiskOutcome carryOut(Command command) {
        if (full && command.needsSpace) {
            return new DiskOutcome.Failed(DiskOutcome.Cause.NO_SPACE, "no space left on the bench");
        }
        if (forcesFail && command.isForce) {
            return new DiskOutcome.Failed(DiskOutcome.Cause.IO_ERROR, "the medium is broken");
        }
        command.effect.run();
        return DiskOutcome.DONE;
    }

    private void add(long ticket, boolean needsSpace, Runnable effect) {
        commands.add(new Command(ticket, effect, needsSpace, false));
    }

    @Override
    public void reserve(long ticket, DiskFile file, long sizeBytes) {
        add(ticket, true, () -> grow(file, sizeBytes));
    }

    private void grow(DiskFile file, long sizeBytes) {
        byte[] present = files.content.getOrDefault(file, new byte[0]);
        if (present.length < sizeBytes || present.length == 0) {
            files.content.put(file, Arrays.copyOf(present, (int) sizeBytes));
        }
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        add(ticket, false, () -> {
            grow(file, offset + bytes.remaining());
            bytes.duplicate().get(files.content.get(file), (int) offset, bytes.remaining());
        });
    }

    @Override
    public void force(long ticket, DiskFile file) {
        commands.add(new Command(ticket, () -> {}, false, true));
    }

    @Override
    public void truncate(long ticket, DiskFile file, long sizeBytes) {
        add(ticket, false, () -> files.truncate(file, sizeBytes));
    }

    @Override
    public void rename(long ticket, DiskFile from, DiskFile to) {
        add(ticket, false, () -> files.content.put(to, files.content.remove(from)));
    }

    @Override
    public void delete(long ticket, DiskFile file) {
        add(ticket, false, () -> files.content.remove(file));
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        add(ticket, false, () -> files.read(file, offset, into));
    }
}
