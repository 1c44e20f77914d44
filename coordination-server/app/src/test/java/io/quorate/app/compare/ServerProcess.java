package io.quorate.app.compare;

import io.quorate.app.cli.bench.BenchTarget;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One server in a process of its own on a loopback port, with a data directory that outlives its restarts. */
final class ServerProcess implements AutoCloseable {

    private static final String HEAP = "-Xmx2g";
    private static final long POLL_NANOS = 2_000_000;
    private static final long START_NANOS = 300_000_000_000L;
    private static final int STOP_SECONDS = 120;
    private static final int PROBE_TIMEOUT_MILLIS = 5000;
    private static final int CONNECT_BYTES = 45;
    private static final int ANSWER_BYTES = 41;
    private static final String LOGBACK = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n%xEx</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    /** An interrupted comparison leaves no server behind. */
    private final Thread stopAtExit = new Thread(this::stop, "stop-server");

    private final ServerProgram program;
    private final Path home;
    private final int port;
    private @Nullable Process process;

    /** @param home empty or not yet there */
    ServerProcess(ServerProgram program, Path home) throws IOException {
        this.program = program;
        this.home = home;
        port = freePort();
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        Files.createDirectories(home);
        Files.writeString(home.resolve("logback.xml"), LOGBACK);
        Files.write(
                home.resolve("zoo.cfg"),
                List.of(
                        "dataDir=" + home.resolve("data"),
                        "clientPort=" + port,
                        "clientPortAddress=127.0.0.1",
                        "tickTime=2000",
                        "maxClientCnxns=0"));
    }

    BenchTarget target() {
        return new BenchTarget(program.label(), List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    /** Starts it. @return nanoseconds from the start of the process until a session was opened */
    long start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(HEAP);
        command.addAll(program.program(home));
        long start = System.nanoTime();
        Process started = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process = started;
        while (!opensSession()) {
            if (!started.isAlive() || System.nanoTime() - start > START_NANOS) {
                throw new IOException(program.label() + " does not serve; see " + log());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return System.nanoTime() - start;
    }

    /** A handshake that is answered with a session; the session is left to its timeout. */
    private boolean opensSession() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PROBE_TIMEOUT_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(CONNECT_BYTES);
            out.write(new byte[CONNECT_BYTES - Integer.BYTES - 16 - 1]);
            out.writeInt(16);
            out.write(new byte[16 + 1]);
            byte[] answer = new byte[ANSWER_BYTES];
            new DataInputStream(socket.getInputStream()).readFully(answer);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Bytes of live objects, after a full collection. */
    long liveBytes() throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(running().pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .toList();
        for (String line : lines) {
            String[] words = line.trim().split("\\s+");
            if (words.length == 3 && words[0].equals("Total")) {
                return Long.parseLong(words[2]);
            }
        }
        throw new IOException("jcmd says nothing of the heap: " + lines);
    }

    private Process running() {
        Process present = process;
        if (present == null) {
            throw new IllegalStateException(program.label() + " is not running");
        }
        return present;
    }

    /** Stops it in the orderly way; its data stay. */
    void stop() {
        Process present = process;
        if (present == null) {
            return;
        }
        process = null;
        present.destroy();
        try {
            if (!present.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                present.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            present.destroyForcibly();
        }
    }

    private Path log() {
        return home.resolve("server.log");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException("no free port on loopback", failed);
        }
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
    }
}
