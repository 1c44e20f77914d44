package io.quorate.simulation;

import io.quorate.core.port.DiskFailure;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A simulated disk as recovery meets it. */
public final class SimDiskImage implements DiskImage {

    private final SimDiskState state;

    public SimDiskImage(SimDiskState state) {
        this.state = state;
    }

    @Override
    public List<String> list(Volume volume) {
        return state.list(volume);
    }

    @Override
    public long sizeBytes(DiskFile file) {
        return existing(file).size();
    }

    @Override
    public int read(DiskFile file, long offset, ByteBuffer into) {
        return existing(file).read(offset, into);
    }

    @Override
    public void replace(DiskFile file, ByteBuffer content) {
        DiskFile temporary = new DiskFile(file.volume(), file.name() + ".tmp");
        state.delete(temporary);
        if (!state.write(temporary, 0, content)) {
            state.delete(temporary);
            throw failure("no space left to write " + temporary);
        }
        state.force(temporary);
        state.rename(temporary, file);
    }

    @Override
    public void truncate(DiskFile file, long sizeBytes) {
        existing(file);
        state.truncate(file, Math.toIntExact(sizeBytes));
        state.force(file);
    }

    @Override
    public void force(DiskFile file) {
        existing(file);
        state.force(file);
    }

    @Override
    public void rewrite(DiskFile file, long offset, long bytes) {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(bytes));
        existing(file).read(offset, content);
        existing(file).write(Math.toIntExact(offset), content.flip());
        state.force(file);
    }

    @Override
    public void delete(DiskFile file) {
        state.delete(file);
    }

    private SimFile existing(DiskFile file) {
        SimFile found = state.find(file);
        if (found == null) {
            throw failure("no such file: " + file);
        }
        return found;
    }

    private static DiskFailure failure(String message) {
        return new DiskFailure(message, new IOException(message));
    }
}
