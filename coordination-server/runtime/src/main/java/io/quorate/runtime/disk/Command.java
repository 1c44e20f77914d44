package io.quorate.runtime.disk;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A command on its way to a lane's thread. */
sealed interface Command {

    long ticket();

    DiskFile file();

    record Reserve(long ticket, DiskFile file, long sizeBytes) implements Command {}

    record Write(long ticket, DiskFile file, long offset, ByteBuffer bytes) implements Command {}

    record Force(long ticket, DiskFile file) implements Command {}

    record Truncate(long ticket, DiskFile file, long sizeBytes) implements Command {}

    record Rename(long ticket, DiskFile file, DiskFile to) implements Command {}

    record Delete(long ticket, DiskFile file) implements Command {}

    /** Concerns all files; it is reported under the name of the data directory. */
    record Examine(long ticket, DiskFile file, Consumer<DiskImage> work) implements Command {}

    record Read(long ticket, DiskFile file, long offset, ByteBuffer into) implements Command {}
}
