package io.quorate.cloud.zk.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a server keeps its data. Goes with the virtual machine, after the server. */
final class ServerDirectory {

    private ServerDirectory() {}

    /** @param server is stopped before the directory is removed */
    static Path create(ServerUnderTest server) {
        Path directory;
        try {
            directory = Files.createTempDirectory("zk-test-server");
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot create a directory for the server", failed);
        }
        Thread end = new Thread(
                () -> {
                    server.stop();
                    remove(directory);
                },
                "zk-test-server-end");
        Runtime.getRuntime().addShutdownHook(end);
        return directory;
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (NoSuchFileException gone) {
            // Somebody was quicker, which is all right.
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot remove " + directory, failed);
        }
    }
}
