package io.quorate.runtime.proof;

import io.quorate.runtime.kit.FreePorts;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, on a loopback port that it keeps over its restarts. Used by one thread. */
final class ServerProcess implements AutoCloseable {

    private static final long PAUSE_NANOS = 5_000_000;
    private static final long START_SECONDS = 120;
    private static final int STOP_SECONDS = 60;
    private static final String LOGBACK = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n%xEx</pattern></encoder>
              </appender>
              <logger name="io.quorate" level="INFO"/>
              <logger name="org.apache.zookeeper.server.quorum.Leader" level="INFO"/>
              <logger name="org.apache.zookeeper.server.quorum.LearnerHandler" level="DEBUG"/>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    /** A test that is itself ended leaves no server behind. */
    private final Thread killAtExit = new Thread(this::kill, "kill-server");

    private final Path home;
    private final int port;
    private final List<String> flags;
    private @Nullable Process process;
    private ServerProgram program = ServerProgram.QUORATE;

    /**
     * A server that stands alone.
     *
     * @param home holds the data directory {@code data}, which may be another server's, and the log
     */
    ServerProcess(Path home, int snapCount) {
        this(home, FreePorts.one(), List.of("snapCount=" + snapCount), List.of());
    }

    /**
     * A server of any sort.
     *
     * @param lines of its configuration, beside those that all have
     * @param flags of its virtual machine
     */
    ServerProcess(Path home, int port, List<String> lines, List<String> flags) {
        this.home = home;
        this.port = port;
        this.flags = flags;
        Runtime.getRuntime().addShutdownHook(killAtExit);
        List<String> all = new ArrayList<>(List.of(
                "dataDir=" + home.resolve("data"),
                "clientPort=" + port,
                "clientPortAddress=127.0.0.1",
                "maxClientCnxns=0",
                "maxSessionTimeout=" + ServerMain.MAX_SESSION_TIMEOUT_MILLIS,
                "4lw.commands.whitelist=*"));
        all.addAll(lines);
        try {
            Files.createDirectories(home);
            Files.writeString(home.resolve("logback.xml"), LOGBACK);
            Files.write(home.resolve("zoo.cfg"), all);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot prepare " + home, failed);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    String connectString() {
        return "127.0.0.1:" + port;
    }

    /** Starts it and returns when it serves. */
    void start(ServerProgram program) {
        launch(program);
        await(
                "serves",
                () -> FrameClient.isAnswered(address(), Handshake.newSession().withTimeoutMillis(1)));
    }

    /** Starts it and returns when its port is open: it is still reading its data then. */
    void startUntilBound(ServerProgram program) {
        launch(program);
        await("has its port", this::isBound);
    }

    /** Starts it and does not wait. */
    void launch(ServerProgram newProgram) {
        program = newProgram;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        command.add("-Dlogback.configurationFile=" + home.resolve("logback.xml"));
        command.addAll(flags);
        command.addAll(program.program());
        command.add(home.resolve("zoo.cfg").toString());
        try {
            process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start the server in " + home, failed);
        }
    }

    /** Something that comes to be. */
    interface Condition {
        boolean holds();
    }

    /** Waits for it, as long as the process lives. */
    void await(String what, Condition condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!condition.holds()) {
            if (process == null || !process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("The server never " + what + "; it says\n" + logTail());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isBound() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        end(true);
    }

    /** Ends it in the orderly way. */
    void stop() {
        end(false);
    }

    private void end(boolean forcibly) {
        Process present = process;
        if (present == null) {
            return;
        }
        process = null;
        try {
            if (forcibly) {
                present.destroyForcibly();
            } else {
                present.destroy();
            }
            if (!present.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                present.destroyForcibly().waitFor();
                throw new AssertionError("The server did not stop within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            present.destroyForcibly();
        }
    }

    /** Stops it where it stands, as {@code kill -STOP} does, until it does nothing more; or lets it go on. */
    void pause(boolean paused) {
        Process present = process;
        if (present == null) {
            throw new IllegalStateException("No process to pause in " + home);
        }
        try {
            new ProcessBuilder("kill", paused ? "-STOP" : "-CONT", String.valueOf(present.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot pause " + present.pid(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (paused) {
            // The signal is delivered to one thread, which stops the others once it runs: on a busy machine that takes
            // long enough for them to hear of a write and to log it.
            await("stands still", () -> standsStill(present));
        }
    }

    /** Whether all its threads are stopped, as far as the system tells (below {@code /proc}). */
    private static boolean standsStill(Process process) {
        Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return true;
        }
        try (Stream<Path> all = Files.list(threads)) {
            return all.allMatch(ServerProcess::isStopped);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot see whether " + process.pid() + " stands still", failed);
        }
    }

    private static boolean isStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            // The state is behind the name, which is in parentheses and may contain some itself.
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException ended) {
            // At this moment, so the process does not stand still yet.
            return false;
        }
    }

    /** What it runs, or ran last. */
    ServerProgram program() {
        return program;
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** What it answers to a four-letter word. */
    String ask(String word) {
        try (FrameClient client = FrameClient.connect(address())) {
            client.sendRaw(word.getBytes(StandardCharsets.US_ASCII));
            return client.readToEnd();
        }
    }

    String logTail() {
        List<String> lines = logLines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    /** What it has said since it was made, over all its processes. */
    List<String> logLines() {
        try {
            return Files.readAllLines(log());
        } catch (IOException unreadable) {
            return List.of("(no log: " + unreadable + ")");
        }
    }

    private Path log() {
        return home.resolve("server.log");
    }

    @Override
    public void close() {
        end(true);
        Runtime.getRuntime().removeShutdownHook(killAtExit);
    }
}
