package io.quorate.runtime.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A program: how long a test of a user's waits for an embedded server, from the call of start to the return of close.
 * Arguments: rounds (20), parent of the data directories (the system's temporary directory).
 */
final class StartTime {

    private static final int DEFAULT_ROUNDS = 20;
    private static final double NANOS_PER_MILLI = 1_000_000;

    private StartTime() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
        Path parent = Path.of(arguments.length > 1 ? arguments[1] : System.getProperty("java.io.tmpdir"));
        System.out.printf("first start and stop: %.1f ms%n", round(parent) / NANOS_PER_MILLI);
        long[] nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            nanos[i] = round(parent);
        }
        Arrays.sort(nanos);
        System.out.printf(
                "of %d further ones: median %.1f ms, fastest %.1f ms, slowest %.1f ms%n",
                rounds,
                nanos[rounds / 2] / NANOS_PER_MILLI,
                nanos[0] / NANOS_PER_MILLI,
                nanos[rounds - 1] / NANOS_PER_MILLI);
    }

    /** Starts and stops one server on an empty directory. */
    private static long round(Path parent) throws IOException {
        Path directory = Files.createTempDirectory(parent, "start-time");
        long before = System.nanoTime();
        CoordinationServer.start(ServerOptions.embedded(directory)).close();
        long nanos = System.nanoTime() - before;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return nanos;
    }
}
