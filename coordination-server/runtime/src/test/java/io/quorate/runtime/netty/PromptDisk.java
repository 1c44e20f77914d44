package io.quorate.runtime.netty;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.replica.Replica;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/** An empty disk that claims to have done whatever it is told, as soon as it is asked. Keeps nothing. */
final class PromptDisk implements Disk, DiskImage {

    private final ArrayDeque<Long> tickets = new ArrayDeque<>();

    boolean isBusy() {
        return !tickets.isEmpty();
    }

    void completeAll(Replica replica) {
        for (Long ticket = tickets.poll(); ticket != null; ticket = tickets.poll()) {
            replica.onDiskCompleted(ticket, DiskOutcome.DONE);
        }
    }

    @Override
    public void reserve(long ticket, DiskFile file, long sizeBytes) {
        tickets.add(ticket);
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        tickets.add(ticket);
    }

    @Override
    public void force(long ticket, DiskFile file) {
        tickets.add(ticket);
    }

    @Override
    public void truncate(long ticket, DiskFile file, long sizeBytes) {
        tickets.add(ticket);
    }

    @Override
    public void rename(long ticket, DiskFile from, DiskFile to) {
        tickets.add(ticket);
    }

    @Override
    public void delete(long ticket, DiskFile file) {
        tickets.add(ticket);
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        throw new UnsupportedOperationException("nothing is kept");
    }

    @Override
    public void examine(long ticket, Consumer<DiskImage> work) {
        work.accept(this);
        tickets.add(ticket);
    }

    @Override
    public List<String> list(DiskFile.Volume volume) {
        return List.of();
    }

    @Override
    public long sizeBytes(DiskFile file) {
        throw new UnsupportedOperationException("nothing is kept");
    }

    @Override
    public int read(DiskFile file, long offset, ByteBuffer into) {
        throw new UnsupportedOperationException("nothing is kept");
    }

    @Override
    public void replace(DiskFile file, ByteBuffer content) {
        throw new UnsupportedOperationException("nothing is kept");
    }

    @Override
    public void truncate(DiskFile file, long sizeBytes) {
        throw new UnsupportedOperationException("nothing is kept");
    }

    @Override
    public void force(DiskFile file) {
        throw new UnsupportedOperationException("nothing is kept");
    }

    @Override
    public void rewrite(DiskFile file, long offset, long bytes) {
        throw new UnsupportedOperationException("nothing is kept");
    }

    @Override
    public void delete(DiskFile file) {
        throw new UnsupportedOperationException("nothing is kept");
    }
}
