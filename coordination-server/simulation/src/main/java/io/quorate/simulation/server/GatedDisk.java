package io.quorate.simulation.server;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A lane that a dying server no longer reaches. */
final class GatedDisk implements Disk {

    private final Disk lane;
    private final KillGate gate;

    GatedDisk(Disk lane, KillGate gate) {
        this.lane = lane;
        this.gate = gate;
    }

    @Override
    public void reserve(long ticket, DiskFile file, long sizeBytes) {
        if (gate.pass()) {
            lane.reserve(ticket, file, sizeBytes);
        }
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        if (gate.pass()) {
            lane.write(ticket, file, offset, bytes);
        }
    }

    @Override
    public void force(long ticket, DiskFile file) {
        if (gate.pass()) {
            lane.force(ticket, file);
        }
    }

    @Override
    public void truncate(long ticket, DiskFile file, long sizeBytes) {
        if (gate.pass()) {
            lane.truncate(ticket, file, sizeBytes);
        }
    }

    @Override
    public void rename(long ticket, DiskFile from, DiskFile to) {
        if (gate.pass()) {
            lane.rename(ticket, from, to);
        }
    }

    @Override
    public void delete(long ticket, DiskFile file) {
        if (gate.pass()) {
            lane.delete(ticket, file);
        }
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        if (gate.pass()) {
            lane.read(ticket, file, offset, into);
        }
    }

    /** A server that dies in the middle of the work leaves what it has changed until then. */
    @Override
    public void examine(long ticket, Consumer<DiskImage> work) {
        if (gate.pass()) {
            lane.examine(ticket, image -> work.accept(new InterruptedImage(image, gate)));
        }
    }
}
