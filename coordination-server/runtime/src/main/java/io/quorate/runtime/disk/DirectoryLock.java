package io.quorate.runtime.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second server out of a directory. The lock goes with the process, however it ends; the file stays. */
final class DirectoryLock implements AutoCloseable {

    static final String NAME = ".quorate.lock";
    private static final int HOLDER_BYTES = 200;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) {
        Path file = directory.resolve(NAME);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "Cannot write to the data directory " + directory.toAbsolutePath() + " (" + e
                            + "). Make it writable for the "
                            + "user that runs the server, or set another one with coordination.data-dir and "
                            + "coordination.data-log-dir.",
                    e);
        }
        try {
            if (lock(channel) == null) {
                throw locked(directory, readHolder(channel));
            }
            writeHolder(channel);
            return new DirectoryLock(channel);
        } catch (IOException | DataDirectoryException e) {
            closeAfter(channel, e);
            throw e instanceof DataDirectoryException known
                    ? known
                    : new DataDirectoryException(
                            "Cannot lock " + file.toAbsolutePath() + " (" + e
                                    + "). The file system must support file locks.",
                            e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static DataDirectoryException locked(Path directory, String holder) {
        return new DataDirectoryException(
                "The data directory " + directory.toAbsolutePath() + " is in use by another server (" + holder
                        + "). Stop that one "
                        + "first, or give this one a directory of its own with coordination.data-dir and "
                        + "coordination.data-log-dir.",
                null);
    }

    private static String readHolder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HOLDER_BYTES);
        channel.read(bytes, 0);
        String holder = StandardCharsets.UTF_8.decode(bytes.flip()).toString().trim();
        return holder.isEmpty() ? "its process id is not known" : holder;
    }

    private static void writeHolder(FileChannel channel) throws IOException {
        String holder = "process " + ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static void closeAfter(FileChannel channel, Exception failure) {
        try {
            channel.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
