package io.quorate.simulation.server;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A lane that shows every file to somebody before it is deleted. */
final class Disposal implements Disk {

    private final Disk lane;
    private final Consumer<DiskFile> beforeDeletion;

    Disposal(Disk lane, Consumer<DiskFile> beforeDeletion) {
        this.lane = lane;
        this.beforeDeletion = beforeDeletion;
    }

    @Override
    public void delete(long ticket, DiskFile file) {
        beforeDeletion.accept(file);
        lane.delete(ticket, file);
    }

    @Override
    public void reserve(long ticket, DiskFile file, long sizeBytes) {
        lane.reserve(ticket, file, sizeBytes);
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        lane.write(ticket, file, offset, bytes);
    }

    @Override
    public void force(long ticket, DiskFile file) {
        lane.force(ticket, file);
    }

    @Override
    public void truncate(long ticket, DiskFile file, long sizeBytes) {
        lane.truncate(ticket, file, sizeBytes);
    }

    @Override
    public void rename(long ticket, DiskFile from, DiskFile to) {
        lane.rename(ticket, from, to);
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        lane.read(ticket, file, offset, into);
    }

    /** What is deleted in there is history that must not come back, as in a recovery, and is shown to nobody. */
    @Override
    public void examine(long ticket, Consumer<DiskImage> work) {
        lane.examine(ticket, work);
    }
}
