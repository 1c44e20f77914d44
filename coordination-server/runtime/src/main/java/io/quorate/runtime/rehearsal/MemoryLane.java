package io.quorate.runtime.rehearsal;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A lane of commands to {@link MemoryFiles}. They take effect, and are reported, when it is told to carry them out. */
final class MemoryLane implements Disk {

    private record Command(long ticket, Supplier<DiskOutcome> effect) {}

    private final MemoryFiles files;
    private final ArrayDeque<Command> waiting = new ArrayDeque<>();

    MemoryLane(MemoryFiles files) {
        this.files = files;
    }

    /** Carries out what waits, and what is commanded meanwhile. */
    void completeAll(Completions owner) {
        for (Command command = waiting.poll(); command != null; command = waiting.poll()) {
            owner.onDiskCompleted(command.ticket, command.effect.get());
        }
    }

    private void add(long ticket, Runnable effect) {
        waiting.add(new Command(ticket, () -> {
            effect.run();
            return DiskOutcome.DONE;
        }));
    }

    @Override
    public void reserve(long ticket, DiskFile file, long sizeBytes) {
        add(ticket, () -> files.create(file));
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        add(ticket, () -> files.write(file, offset, bytes));
    }

    @Override
    public void force(long ticket, DiskFile file) {
        add(ticket, () -> files.force(file));
    }

    @Override
    public void truncate(long ticket, DiskFile file, long sizeBytes) {
        add(ticket, () -> files.truncate(file, sizeBytes));
    }

    @Override
    public void rename(long ticket, DiskFile from, DiskFile to) {
        add(ticket, () -> files.rename(from, to));
    }

    @Override
    public void delete(long ticket, DiskFile file) {
        add(ticket, () -> files.delete(file));
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        waiting.add(new Command(ticket, () -> new DiskOutcome.Done(files.read(file, offset, into))));
    }

    @Override
    public void examine(long ticket, Consumer<DiskImage> work) {
        add(ticket, () -> work.accept(files));
    }
}
