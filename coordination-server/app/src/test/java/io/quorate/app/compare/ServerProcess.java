package io.quorate.app.compare;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One server in a process of its own on a loopback port, with a data directory that outlives its restarts. */
final class ServerProcess implements AutoCloseable {

    private static final String HEAP = "-Xmx2g";
    private static final long POLL_NANOS = 2_000_000;
    private static final long START_NANOS = 300_000_000_000L;
    private static final int STOP_SECONDS = 120;
    private static final int PROBE_TIMEOUT_MILLIS = 5000;
    private static final String MODE = "Mode:";
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
    private final int id;
    private final int port;
    private @Nullable Process process;

    /**
     * Lays out the home of a server.
     *
     * @param home empty or not yet there
     * @param id of a member of an ensemble; 0 for a server that stands alone
     * @param ensemble what the configuration file says of it; empty for a server that stands alone
     */
    ServerProcess(ServerProgram program, Path home, int id, List<String> ensemble) throws IOException {
        this.program = program;
        this.home = home;
        this.id = id;
        port = FreePorts.take();
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        Path data = Files.createDirectories(home.resolve("data"));
        if (id > 0) {
            Files.writeString(data.resolve("myid"), Integer.toString(id));
        }
        Files.writeString(home.resolve("logback.xml"), LOGBACK);
        List<String> lines = new ArrayList<>(List.of(
                "dataDir=" + data,
                "clientPort=" + port,
                "clientPortAddress=127.0.0.1",
                "tickTime=2000",
                "initLimit=10",
                "syncLimit=5",
                "maxClientCnxns=0"));
        lines.addAll(ensemble);
        Files.write(home.resolve("zoo.cfg"), lines);
    }

    int id() {
        return id;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Starts it alone. @return nanoseconds from the start of the process until a session was opened */
    long start() throws IOException {
        long start = System.nanoTime();
        launch();
        awaitService();
        return System.nanoTime() - start;
    }

    /** The same at the lowest priority, to be little in the way of other members on these processors. */
    long startAside() throws IOException {
        long start = System.nanoTime();
        launch(List.of("nice", "-n", "19"));
        awaitService();
        return System.nanoTime() - start;
    }

    /** Starts it and does not wait. */
    void launch() throws IOException {
        launch(List.of());
    }

    private void launch(List<String> launcher) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(HEAP);
        command.addAll(program.program(home));
        process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /** Waits until it opens sessions. */
    void awaitService() throws IOException {
        long deadline = System.nanoTime() + START_NANOS;
        while (!opensSession()) {
            if (!running().isAlive() || System.nanoTime() > deadline) {
                throw new IOException(program.label() + " does not serve; see " + log());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** What {@code srvr} says behind {@code Mode:}; empty while it says nothing. */
    String mode() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PROBE_TIMEOUT_MILLIS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines()
                    .filter(line -> line.startsWith(MODE))
                    .map(line -> line.substring(MODE.length()).trim())
                    .findFirst()
                    .orElse("");
        } catch (IOException notYet) {
            return "";
        }
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
        List<String> lines = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
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

    /** Ends it with {@code kill -9}; its data stay as they are. */
    void kill() {
        Process present = running();
        process = null;
        present.destroyForcibly();
        awaitEnd(present);
    }

    /** Lets it stand still, with all its connections open. */
    void halt() throws IOException {
        signal("STOP");
    }

    /** Lets it go on. @return nanoseconds until a session was opened */
    long goOn() throws IOException {
        long start = System.nanoTime();
        signal("CONT");
        awaitService();
        return System.nanoTime() - start;
    }

    private void signal(String name) throws IOException {
        Process kill = new ProcessBuilder(
                        "kill", "-" + name, String.valueOf(running().pid()))
                .inheritIO()
                .start();
        awaitEnd(kill);
        if (kill.exitValue() != 0) {
            throw new IOException("kill -" + name + " ends with " + kill.exitValue());
        }
    }

    /** Removes everything that it has written. Only while it does not run. */
    void wipe() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("data").resolve("version-2"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Stops it in the orderly way; its data stay. */
    void stop() {
        Process present = process;
        if (present == null) {
            return;
        }
        process = null;
        present.destroy();
        awaitEnd(present);
    }

    private static void awaitEnd(Process present) {
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

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
    }
}
