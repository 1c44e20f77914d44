package io.quorate.simulation.run;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.List;

/** Between recovery and the disk, for mutants to change what they want. */
class ForwardingImage implements DiskImage {

    private final DiskImage image;

    ForwardingImage(DiskImage image) {
        this.image = image;
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
        image.replace(file, content);
    }

    @Override
    public void truncate(DiskFile file, long sizeBytes) {
        image.truncate(file, sizeBytes);
    }

    @Override
    public void force(DiskFile file) {
        image.force(file);
    }

    @Override
    public void rewrite(DiskFile file, long offset, long bytes) {
        image.rewrite(file, offset, bytes);
    }

    @Override
    public void delete(DiskFile file) {
        image.delete(file);
    }
}
