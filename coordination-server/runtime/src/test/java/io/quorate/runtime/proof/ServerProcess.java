package io.quorate.runtime.proof;

import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    /** A test that is itself ended leaves no server behind. */
    private final Thread killAtExit = new Thread(this::kill, "kill-server");

    private final Path home;
    private final int snapCount;
    private final int port = freePort();
    private @Nullable Process process;

    /** @param home holds the data directory {@code data}, which may be another server's, and the log */
    ServerProcess(Path home, int snapCount) {
        this.home = home;
        this.snapCount = snapCount;
        Runtime.getRuntime().addShutdownHook(killAtExit);
        try {
            Files.createDirectories(home);
            Files.writeString(home.resolve("logback.xml"), LOGBACK);
            Files.write(
                    home.resolve("zoo.cfg"),
                    List.of(
                            "dataDir=" + home.resolve("data"),
                            "clientPort=" + port,
                            "clientPortAddress=127.0.0.1",
                            "maxClientCnxns=0",
                            "maxSessionTimeout=" + ServerMain.MAX_SESSION_TIMEOUT_MILLIS,
                            "4lw.commands.whitelist=*"));
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

    private void launch(ServerProgram program) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(program.program(home, port, snapCount));
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

    private interface Condition {
        boolean holds();
    }

    private void await(String what, Condition condition) {
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

    /** What it answers to a four-letter word. */
    String ask(String word) {
        try (FrameClient client = FrameClient.connect(address())) {
            client.sendRaw(word.getBytes(StandardCharsets.US_ASCII));
            return client.readToEnd();
        }
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException unreadable) {
            return "(no log: " + unreadable + ")";
        }
    }

    private Path log() {
        return home.resolve("server.log");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException("No free port on loopback", failed);
        }
    }

    @Override
    public void close() {
        end(true);
        Runtime.getRuntime().removeShutdownHook(killAtExit);
    }
}
