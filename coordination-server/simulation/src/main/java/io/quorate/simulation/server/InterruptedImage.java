package io.quorate.simulation.server;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.List;

/** A disk image during whose use the server is killed, before one of its changes. */
final class InterruptedImage implements DiskImage {

    /** Unwinds the recovery that is being killed. */
    static final class Killed extends RuntimeException {
        Killed() {
            super("killed during recovery");
        }
    }

    private final DiskImage image;
    private final KillGate gate;

    InterruptedImage(DiskImage image, KillGate gate) {
        this.image = image;
        this.gate = gate;
    }

    private void pass() {
        if (!gate.pass()) {
            throw new Killed();
        }
    }

    @Override
    public List<String> list(Volume volume) {
        return image.list(volume);
    }

    @Override
    public long sizeBytes(DiskFile file) {
        return image.sizeBytes(file);
    }

    @Override
    public int read(DiskFile file, long offset, ByteBuffer into) {
        return image.read(file, offset, into);
    }

    @Override
    public void replace(DiskFile file, ByteBuffer content) {
        pass();
        image.replace(file, content);
    }

    @Override
    public void truncate(DiskFile file, long sizeBytes) {
        pass();
        image.truncate(file, sizeBytes);
    }

    @Override
    public void force(DiskFile file) {
        pass();
        image.force(file);
    }

    @Override
    public void rewrite(DiskFile file, long offset, long endOffset) {
        pass();
        image.rewrite(file, offset, endOffset);
    }

    @Override
    public void delete(DiskFile file) {
        pass();
        image.delete(file);
    }
}
