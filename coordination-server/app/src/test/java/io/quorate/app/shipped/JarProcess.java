package io.quorate.app.shipped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shipped jar as a process of its own. What it prints goes to a file. */
final class JarProcess implements AutoCloseable {

    private static final Path JAR = Path.of("..", "target", "coordination-server.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Pattern STARTED = Pattern.compile(
            "Started Quorate .* clients on [^ ]*:(\\d+), HTTP on [^ ]*:(\\d+), .*\\((.*) s after the JVM\\)");

    private final Process process;
    private final Path output;
    private final long begunNanos = System.nanoTime();

    private JarProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it in a directory of its own with free ports, unless the arguments say otherwise. */
    static JarProcess start(Path workingDirectory, String... arguments) {
        List<String> server = new ArrayList<>(List.of(arguments));
        // Boot joins values that are given twice.
        for (String port : List.of("--coordination.client-port=", "--server.port=")) {
            if (server.stream().noneMatch(argument -> argument.startsWith(port))) {
                server.add(port + "0");
            }
        }
        return run(workingDirectory, server.toArray(String[]::new));
    }

    /** The same, in a process that may make no file longer than this: a write beyond fails, though there is space. */
    static JarProcess startWithFilesUpTo(int kibibytes, Path workingDirectory, String... arguments) {
        int blocks = kibibytes * 2;
        List<String> shell = List.of("sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh");
        List<String> server = new ArrayList<>(List.of(arguments));
        server.addAll(List.of("--coordination.client-port=0", "--server.port=0"));
        return run(shell, workingDirectory, server);
    }

    /** Starts it with exactly these arguments. */
    static JarProcess run(Path workingDirectory, String... arguments) {
        return run(List.of(), workingDirectory, List.of(arguments));
    }

    private static JarProcess run(List<String> shell, Path workingDirectory, List<String> arguments) {
        List<String> command = new ArrayList<>(shell);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-Xmx256m", "-jar", JAR.toAbsolutePath().normalize().toString()));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile(workingDirectory, "output", ".log");
            Process process = new ProcessBuilder(command)
                    .directory(workingDirectory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new JarProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Matcher started() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Matcher matcher = STARTED.matcher(output());
            if (matcher.find()) {
                return matcher;
            }
            if (!process.isAlive()) {
                break;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        throw new AssertionError("the server did not start:\n" + output());
    }

    /** Waits until it serves. */
    int clientPort() {
        return Integer.parseInt(started().group(1));
    }

    /** Waits until it serves. */
    int httpPort() {
        return Integer.parseInt(started().group(2));
    }

    /** How long the start took, for the record: as the server counts it, and as seen from here. */
    String startTime() {
        String own = started().group(3);
        return own + " s by its own count, at most " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos)
                + " ms seen from outside";
    }

    void terminate() {
        process.destroy();
    }

    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the process does not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Whatever happened before: nothing is left behind. */
    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }
}
