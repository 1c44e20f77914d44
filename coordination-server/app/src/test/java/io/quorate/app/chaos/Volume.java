package io.quorate.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Where a member keeps its data: a small file system in memory where this process may mount one, so that it can be
 * filled; otherwise a plain directory, and a full disk is left out.
 */
final class Volume implements AutoCloseable {

    private static final String SIZE = "size=96m,mode=700";
    private static final int FILL_BYTES = 1 << 16;

    private final Path directory;
    private final boolean mounted;

    Volume(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mounted = "root".equals(System.getProperty("user.name"))
                && Commands.run("mount", "-t", "tmpfs", "-o", SIZE, "chaos", directory.toString())
                        .isEmpty();
    }

    boolean canBeFilled() {
        return mounted;
    }

    Path data() {
        return directory.resolve("data");
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    /** Leaves no byte free. */
    void fill() {
        if (!mounted) {
            throw new IllegalStateException(directory + " is no volume of its own");
        }
        try (FileChannel channel = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            int size = FILL_BYTES;
            while (size > 0) {
                size = write(channel, size) ? size : size / 2;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean write(FileChannel channel, int size) {
        try {
            return channel.write(ByteBuffer.allocate(size)) == size;
        } catch (IOException full) {
            return false;
        }
    }

    void relieve() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies what would go with the volume. Nobody may write to it any more. */
    void keep(Path target) {
        if (mounted) {
            relieve();
            Commands.must("cp", "-r", directory.toString(), target.toString());
        }
    }

    @Override
    public void close() {
        if (mounted) {
            Commands.must("umount", directory.toString());
        }
    }

    /** Once it is closed. */
    void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
