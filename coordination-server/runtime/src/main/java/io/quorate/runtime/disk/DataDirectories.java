package io.quorate.runtime.disk;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The server's directories on disk (quorum protocol 9.1): found or made, checked, and locked against a second server
 * until closed. Immutable; any thread.
 */
public final class DataDirectories implements AutoCloseable {

    private static final String VERSION = "version-2";

    private final Path snapshots;
    private final Path logs;
    private final List<DirectoryLock> locks;

    private DataDirectories(Path snapshots, Path logs, List<DirectoryLock> locks) {
        this.snapshots = snapshots;
        this.logs = logs;
        this.locks = locks;
    }

    /**
     * Opens and locks the directories.
     *
     * @param dataDir snapshots and epochs, in its {@code version-2}
     * @param dataLogDir logs, likewise; may be the same
     * @param createMissing whether missing directories are made ({@code zookeeper.datadir.autocreate})
     * @throws DataDirectoryException when they cannot be used
     */
    public static DataDirectories open(Path dataDir, Path dataLogDir, boolean createMissing) {
        Path snapshots = versionDirectory(dataDir, createMissing);
        Path logs = versionDirectory(dataLogDir, createMissing);
        List<DirectoryLock> locks = new ArrayList<>();
        try {
            locks.add(DirectoryLock.take(dataDir));
            boolean separate = !Files.isSameFile(snapshots, logs);
            if (separate) {
                locks.add(DirectoryLock.take(dataLogDir));
                refuse(snapshots, "log.", "a transaction log", "coordination.data-log-dir", logs);
                refuse(logs, "snapshot.", "a snapshot", "coordination.data-dir", snapshots);
            }
            return new DataDirectories(snapshots, logs, List.copyOf(locks));
        } catch (IOException e) {
            release(locks, e);
            throw unusable(dataDir, e);
        } catch (DataDirectoryException e) {
            release(locks, e);
            throw e;
        }
    }

    private static Path versionDirectory(Path parent, boolean createMissing) {
        Path directory = parent.resolve(VERSION);
        try {
            if (createMissing && !Files.isDirectory(directory)) {
                createDurably(directory);
            }
        } catch (IOException e) {
            throw unusable(directory, e);
        }
        if (!Files.isDirectory(directory)) {
            throw new DataDirectoryException(
                    "The data directory " + directory.toAbsolutePath()
                            + " does not exist, and coordination.datadir-autocreate is "
                            + "off. Create it, or correct coordination.data-dir and coordination.data-log-dir.",
                    null);
        }
        return directory;
    }

    private static void createDurably(Path directory) throws IOException {
        Path existing = directory.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        Files.createDirectories(directory);
        for (Path at = directory.toAbsolutePath(); !at.equals(existing); at = at.getParent()) {
            force(at.getParent());
        }
    }

    private static DataDirectoryException unusable(Path directory, IOException cause) {
        return new DataDirectoryException(
                "Cannot use the data directory " + directory.toAbsolutePath() + " (" + cause
                        + "). Make sure that it can be created "
                        + "and written by the user that runs the server, or set another one with coordination.data-dir "
                        + "and coordination.data-log-dir.",
                cause);
    }

    private static void refuse(Path directory, String prefix, String what, String property, Path rightful)
            throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .ifPresent(file -> {
                        throw new DataDirectoryException(
                                "Log and snapshot directories are mixed up: " + file.toAbsolutePath() + " is " + what
                                        + ", which "
                                        + "belongs to " + rightful.toAbsolutePath() + ". Either correct " + property
                                        + ", or stop the server and move the file there.",
                                null);
                    });
        }
    }

    private static void release(List<DirectoryLock> locks, Exception failure) {
        for (DirectoryLock lock : locks) {
            try {
                lock.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    Path directory(Volume volume) {
        return volume == Volume.LOG ? logs : snapshots;
    }

    Path path(DiskFile file) {
        return directory(file.volume()).resolve(file.name());
    }

    /** Makes names that were added to, removed from or changed in the volume's directory durable. */
    void forceNames(Volume volume) throws IOException {
        force(directory(volume));
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Gives the directories free. All lanes must have stopped. */
    @Override
    public void close() throws IOException {
        for (DirectoryLock lock : locks) {
            lock.close();
        }
    }
}
