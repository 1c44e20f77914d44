package io.quorate.sample.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A jar in a process of its own, started again and again with the same arguments. What it prints goes to a file. */
final class JarProcess {

    /** A cheap start counts more here than speed. */
    private static final List<String> JVM = List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path home;
    private final Path output;
    private final List<String> command = new ArrayList<>();
    private volatile Process process;

    /**
     * Starts it.
     *
     * @param home an existing directory, in which it runs
     * @param options of the virtual machine, beyond those that everything here has
     */
    JarProcess(String name, Path jar, Path home, List<String> options, List<String> arguments) {
        this.home = home;
        output = home.resolve(name + ".log");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toAbsolutePath().normalize().toString()));
        command.addAll(arguments);
        process = launch();
        // A test that is interrupted leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly(), "kill-" + name));
    }

    private Process launch() {
        try {
            return new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after its end. */
    void restart() {
        awaitEnd();
        process = launch();
    }

    /** {@code kill -9}; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** {@code SIGSTOP}: it stands still, with its connections open, until {@link #kill} or {@link #resume}. */
    void suspend() {
        signal("-STOP");
    }

    /** {@code SIGCONT}. */
    void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill " + signal + " has ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** {@code SIGTERM}. @return completed when the process has ended */
    CompletableFuture<Integer> terminate() {
        CompletableFuture<Integer> end = process.onExit().thenApply(Process::exitValue);
        process.destroy();
        return end;
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("has ended with " + process.exitValue() + ", see " + output);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("does not end, see " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
