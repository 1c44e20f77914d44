package io.quorate.runtime.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system in memory that really runs full, with ballast to drop. Needs Linux and the right to mount. */
final class SmallDisk implements AutoCloseable {

    private static final int MAX_SECONDS = 20;

    private final Path directory;
    private final Path ballast;

    private SmallDisk(Path directory) {
        this.directory = directory;
        ballast = directory.resolve("ballast");
    }

    /** Where nothing can be mounted, the test that asks is not run, and says why. */
    static SmallDisk mount(Path directory, int megabytes, int ballastMegabytes) {
        String refusal = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
        Assumptions.assumeTrue(
                refusal.isEmpty(), () -> "a disk that runs full needs a tmpfs, which cannot be mounted: " + refusal);
        SmallDisk disk = new SmallDisk(directory);
        try (RandomAccessFile file = new RandomAccessFile(disk.ballast.toFile(), "rw")) {
            file.write(new byte[ballastMegabytes << 20]);
        } catch (IOException e) {
            disk.close();
            throw new UncheckedIOException(e);
        }
        return disk;
    }

    Path directory() {
        return directory;
    }

    long usableBytes() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    void dropBallast() throws IOException {
        Files.delete(ballast);
    }

    @Override
    public void close() {
        String refusal = run("umount", directory.toString());
        if (!refusal.isEmpty()) {
            throw new AssertionError("somebody still uses " + directory + ": " + refusal);
        }
    }

    /** Empty when it went well, else what went wrong. */
    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return command[0] + " does not return";
            }
            return process.exitValue() == 0 ? "" : command[0] + " ended with " + process.exitValue() + " " + output;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
