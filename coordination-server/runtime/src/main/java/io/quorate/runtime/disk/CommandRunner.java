package io.quorate.runtime.disk;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.DiskOutcome.Cause;
import io.quorate.core.port.DiskOutcome.Failed;
import io.quorate.runtime.disk.OpenFiles.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out single commands. Owned by the lane's thread. */
final class CommandRunner {

    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);
    private static final int ZEROS_BYTES = 1 << 20;

    private final DataDirectories directories;
    private final OpenFiles files;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_BYTES);

    private final @Nullable ForceWatch watch;

    /** @param watch is told of every force that succeeds; null where nobody wants to know */
    CommandRunner(DataDirectories directories, @Nullable ForceWatch watch) {
        this.directories = directories;
        this.watch = watch;
        this.files = new OpenFiles(directories);
    }

    DiskOutcome run(Command command) {
        try {
            return attempt(command);
        } catch (IOException e) {
            return failed(command, e);
        } catch (RuntimeException | Error e) {
            // An error too, such as no memory for a transfer: a lane that dies of it would leave its owner waiting.
            LOG.error("Unexpected failure of {}", command, e);
            return new Failed(Cause.IO_ERROR, describe(command) + ": " + e);
        }
    }

    private DiskOutcome attempt(Command command) throws IOException {
        if (command instanceof Command.Write write) {
            write(write);
        } else if (command instanceof Command.Force force) {
            force(force.file());
        } else if (command instanceof Command.Reserve reserve) {
            reserve(reserve);
        } else if (command instanceof Command.Read read) {
            return new DiskOutcome.Done(read(read));
        } else if (command instanceof Command.Truncate truncate) {
            truncate(truncate);
        } else if (command instanceof Command.Rename rename) {
            rename(rename);
        } else if (command instanceof Command.Examine examine) {
            // The work may cut and delete files, so none of them may stay open under its old name.
            files.forceAndCloseAll();
            return examine(examine);
        } else {
            delete(command.file());
        }
        return DiskOutcome.DONE;
    }

    /** What the work throws is its answer, in its own words: data that must not be started from, for one. */
    private DiskOutcome examine(Command.Examine examine) {
        try {
            examine.work().accept(new NioDiskImage(directories));
            return DiskOutcome.DONE;
        } catch (RuntimeException e) {
            LOG.debug("What was asked of the data directory failed", e);
            return new Failed(Cause.IO_ERROR, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void force(DiskFile file) throws IOException {
        long begun = System.nanoTime();
        files.force(file);
        if (watch != null) {
            long nanos = System.nanoTime() - begun;
            watch.forced(directories.path(file), files.existing(file).channel.size(), nanos);
        }
    }

    private void write(Command.Write write) throws IOException {
        OpenFile file = files.existingOrNew(write.file());
        file.dirty = true;
        writeFully(file.channel, write.bytes(), write.offset());
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private void reserve(Command.Reserve reserve) throws IOException {
        OpenFile file = files.existingOrNew(reserve.file());
        FileChannel channel = file.channel;
        long before = channel.size();
        file.dirty |= before < reserve.sizeBytes();
        try {
            for (long at = before; at < reserve.sizeBytes(); at = channel.size()) {
                int bytes = (int) Math.min(ZEROS_BYTES, reserve.sizeBytes() - at);
                writeFully(channel, zeros.clear().limit(bytes), at);
            }
        } catch (IOException e) {
            giveBack(channel, before, e);
            throw e;
        }
    }

    /** Others need the little that is left, and a next attempt starts afresh. */
    private static void giveBack(FileChannel channel, long sizeBytes, IOException failure) {
        try {
            channel.truncate(sizeBytes);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private int read(Command.Read read) throws IOException {
        return files.existing(read.file()).channel.read(read.into(), read.offset());
    }

    private void truncate(Command.Truncate truncate) throws IOException {
        OpenFile file = files.existing(truncate.file());
        file.dirty = true;
        file.channel.truncate(truncate.sizeBytes());
        files.force(truncate.file());
    }

    private void rename(Command.Rename rename) throws IOException {
        Files.move(
                directories.path(rename.file()),
                directories.path(rename.to()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        files.onRenamed(rename.file(), rename.to());
        directories.forceNames(rename.to().volume());
    }

    private void delete(DiskFile file) throws IOException {
        files.close(file);
        if (Files.deleteIfExists(directories.path(file))) {
            directories.forceNames(file.volume());
        }
    }

    private DiskOutcome failed(Command command, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new Failed(Cause.NO_SUCH_FILE, describe(command) + ": no such file");
        }
        boolean full = NoSpace.isCauseOf(e, directories.directory(command.file().volume()), wanted(command));
        String text = describe(command) + ": " + (e.getMessage() == null ? e.toString() : e.getMessage());
        return full ? new Failed(Cause.NO_SPACE, text) : new Failed(Cause.IO_ERROR, text);
    }

    private static long wanted(Command command) {
        return command instanceof Command.Write || command instanceof Command.Reserve ? ZEROS_BYTES : 0;
    }

    /** For messages; any thread. */
    String describe(Command command) {
        Path path = directories.path(command.file()).toAbsolutePath();
        return command.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + " " + path;
    }

    void forceAndCloseAll() throws IOException {
        files.forceAndCloseAll();
    }
}
