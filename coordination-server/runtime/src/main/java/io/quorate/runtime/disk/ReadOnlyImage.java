package io.quorate.runtime.disk;

import io.quorate.core.port.DiskFailure;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Data directories to be looked at and not touched: nothing is created, locked or changed, so that a server may run on
 * them meanwhile. Any thread.
 */
public final class ReadOnlyImage implements DiskImage {

    private static final String VERSION = "version-2";

    private final Path snapshots;
    private final Path logs;

    private ReadOnlyImage(Path snapshots, Path logs) {
        this.snapshots = snapshots;
        this.logs = logs;
    }

    /**
     * What a server with these directories has. Each may also be the {@code version-2} inside.
     *
     * @throws DataDirectoryException when one of them is none
     */
    public static ReadOnlyImage ofDirectories(Path dataDir, Path dataLogDir) {
        return new ReadOnlyImage(versionDirectory(dataDir), versionDirectory(dataLogDir));
    }

    /** A single file, which is then named by its last component alone. */
    public static ReadOnlyImage around(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isRegularFile(file)) {
            throw new DataDirectoryException("There is no file " + file.toAbsolutePath() + ".", null);
        }
        return new ReadOnlyImage(directory, directory);
    }

    private static Path versionDirectory(Path directory) {
        Path inside = directory.resolve(VERSION);
        if (Files.isDirectory(inside)) {
            return inside;
        }
        Path last = directory.toAbsolutePath().normalize().getFileName();
        if (last != null && last.toString().equals(VERSION) && Files.isDirectory(directory)) {
            return directory;
        }
        throw new DataDirectoryException(
                directory.toAbsolutePath() + " is no data directory: there is no " + VERSION + " in it. Name what"
                        + " coordination.data-dir, or dataDir in zoo.cfg, says.",
                null);
    }

    private Path path(DiskFile file) {
        return directory(file.volume()).resolve(file.name());
    }

    private Path directory(Volume volume) {
        return volume == Volume.LOG ? logs : snapshots;
    }

    @Override
    public List<String> list(Volume volume) {
        Path directory = directory(volume);
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    @Override
    public long sizeBytes(DiskFile file) {
        try {
            return Files.size(path(file));
        } catch (IOException e) {
            throw unreadable(path(file), e);
        }
    }

    @Override
    public int read(DiskFile file, long offset, ByteBuffer into) {
        try (FileChannel channel = FileChannel.open(path(file), StandardOpenOption.READ)) {
            return channel.read(into, offset);
        } catch (IOException e) {
            throw unreadable(path(file), e);
        }
    }

    private static DiskFailure unreadable(Path path, IOException cause) {
        return new DiskFailure(
                "Cannot read " + path.toAbsolutePath() + " (" + cause
                        + "). Check that it is there and that this user may read it.",
                cause);
    }

    @Override
    public void replace(DiskFile file, ByteBuffer content) {
        throw readOnly(file);
    }

    @Override
    public void truncate(DiskFile file, long sizeBytes) {
        throw readOnly(file);
    }

    @Override
    public void force(DiskFile file) {
        throw readOnly(file);
    }

    @Override
    public void rewrite(DiskFile file, long offset, long bytes) {
        throw readOnly(file);
    }

    @Override
    public void delete(DiskFile file) {
        throw readOnly(file);
    }

    private static UnsupportedOperationException readOnly(DiskFile file) {
        return new UnsupportedOperationException(file + " is only looked at");
    }
}
