package io.quorate.simulation.run;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A lane between the server and its lane, for mutants to change what they want. */
class ForwardingDisk implements Disk {

    final Disk lane;

    ForwardingDisk(Disk lane) {
        this.lane = lane;
    }

    /** Completes the ticket without doing anything. */
    final void skip(long ticket, DiskFile file) {
        lane.read(ticket, file, 0, ByteBuffer.allocate(0));
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
    public void delete(long ticket, DiskFile file) {
        lane.delete(ticket, file);
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        lane.read(ticket, file, offset, into);
    }

    @Override
    public void examine(long ticket, Consumer<DiskImage> work) {
        lane.examine(ticket, work);
    }
}
