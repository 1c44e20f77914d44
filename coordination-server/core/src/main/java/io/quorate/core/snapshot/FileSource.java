package io.quorate.core.snapshot;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;

/** The bytes of a file as they are. */
final class FileSource implements ByteSource {

    private final DiskImage image;
    private final DiskFile file;
    private long offset;

    FileSource(DiskImage image, DiskFile file) {
        this.image = image;
        this.file = file;
    }

    @Override
    public boolean read(ByteBuffer into) {
        int count = image.read(file, offset, into);
        if (count <= 0) {
            return false;
        }
        offset += count;
        return true;
    }
}
