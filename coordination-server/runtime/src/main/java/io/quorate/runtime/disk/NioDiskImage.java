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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The data directories as recovery meets them. One caller at a time, and no lane at work. */
public final class NioDiskImage implements DiskImage {

    private static final int PART_BYTES = 1 << 20;

    private final DataDirectories directories;

    public NioDiskImage(DataDirectories directories) {
        this.directories = directories;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(FileChannel channel) throws IOException;
    }

    @Override
    public List<String> list(Volume volume) {
        Path directory = directories.directory(volume);
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw failure("list", directory, e);
        }
    }

    @Override
    public long sizeBytes(DiskFile file) {
        Path path = directories.path(file);
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw failure("size of", path, e);
        }
    }

    @Override
    public int read(DiskFile file, long offset, ByteBuffer into) {
        return with(file, "read", StandardOpenOption.READ, channel -> channel.read(into, offset));
    }

    @Override
    public void replace(DiskFile file, ByteBuffer content) {
        Path target = directories.path(file);
        Path temporary = target.resolveSibling(file.name() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            directories.forceNames(file.volume());
        } catch (IOException e) {
            throw failure("replace", target, e);
        }
    }

    @Override
    public void truncate(DiskFile file, long sizeBytes) {
        with(file, "truncate", StandardOpenOption.WRITE, channel -> {
            channel.truncate(sizeBytes).force(true);
            return sizeBytes;
        });
    }

    @Override
    public void force(DiskFile file) {
        with(file, "force", StandardOpenOption.WRITE, channel -> {
            channel.force(true);
            directories.forceNames(file.volume());
            return file;
        });
    }

    @Override
    public void rewrite(DiskFile file, long offset, long bytes) {
        Path path = directories.path(file);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer part = ByteBuffer.allocateDirect(PART_BYTES);
            long end = Math.min(offset + bytes, channel.size());
            for (long at = offset; at < end; at += part.limit()) {
                part.clear().limit((int) Math.min(PART_BYTES, end - at));
                while (part.hasRemaining() && channel.read(part, at + part.position()) > 0) {
                    continue;
                }
                part.flip();
                while (part.hasRemaining()) {
                    channel.write(part, at + part.position());
                }
            }
            channel.force(true);
        } catch (IOException e) {
            throw failure("rewrite", path, e);
        }
    }

    @Override
    public void delete(DiskFile file) {
        Path path = directories.path(file);
        try {
            Files.deleteIfExists(path);
            directories.forceNames(file.volume());
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    private <T> T with(DiskFile file, String what, StandardOpenOption mode, Work<T> work) {
        Path path = directories.path(file);
        try (FileChannel channel = FileChannel.open(path, mode)) {
            return work.run(channel);
        } catch (IOException e) {
            throw failure(what, path, e);
        }
    }

    private static DiskFailure failure(String what, Path path, IOException cause) {
        return new DiskFailure(
                "Cannot " + what + " " + path.toAbsolutePath() + " (" + cause
                        + "). Check the disk, its free space and the "
                        + "permissions of the data directory, then start again.",
                cause);
    }
}
