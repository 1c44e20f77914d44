package io.quorate.app.chaos;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One server of the ensemble: the shipped jar in a process of its own, started again and again on the same data. */
final class Member {

    private static final Path JAR = Path.of(System.getProperty("chaos.jar", "../target/coordination-server.jar"))
            .toAbsolutePath()
            .normalize();
    private static final int PROBE_MILLIS = 1000;
    private static final Pattern MODE = Pattern.compile("(?m)^Mode: (\\w+)$");
    /** A cheap start counts more here than speed. */
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final int id;
    private final int clientPort;
    private final int quorumPort;
    private final int electionPort;
    private final Path home;
    private final Volume volume;
    private final List<String> arguments = new ArrayList<>();
    private @Nullable Process process;
    private boolean paused;
    private boolean filled;

    Member(int id, Path home, Ports ports) {
        this.id = id;
        this.home = home;
        clientPort = ports.next();
        quorumPort = ports.next();
        electionPort = ports.next();
        volume = new Volume(home.resolve("volume"));
    }

    int id() {
        return id;
    }

    int clientPort() {
        return clientPort;
    }

    int quorumPort() {
        return quorumPort;
    }

    int electionPort() {
        return electionPort;
    }

    Volume volume() {
        return volume;
    }

    boolean isPaused() {
        return paused;
    }

    /** @param servers the server list as this member is to see it, as arguments */
    void configure(List<String> servers) {
        arguments.addAll(List.of(
                "--coordination.server-id=" + id,
                "--coordination.client-port=" + clientPort,
                "--coordination.client-port-address=127.0.0.1",
                "--coordination.data-dir=" + volume.data(),
                "--coordination.tick-time=1000",
                // Small, so that a full disk is met soon, and states are replaced and not only brought up to date.
                "--coordination.pre-alloc-size=64",
                "--coordination.snap-count=3000",
                "--coordination.commit-log-count=500",
                "--server.port=0"));
        arguments.addAll(servers);
    }

    void start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path log() {
        return home.resolve("server.log");
    }

    /** As by {@code kill -9}: also one that is stopped. */
    void kill() {
        Process running = process;
        process = null;
        paused = false;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void pause() {
        signal("-STOP");
        paused = true;
    }

    private void signal(String signal) {
        Process running = process;
        if (running != null) {
            Commands.must("kill", signal, Long.toString(running.pid()));
        }
    }

    void fillDisk() {
        volume.fill();
        filled = true;
    }

    /** Runs, with space on its disk, whatever has been done to it. */
    void mend() {
        if (filled) {
            volume.relieve();
            filled = false;
        }
        if (paused) {
            signal("-CONT");
            paused = false;
        }
        if (process == null) {
            start();
        }
    }

    /** Whether it has ended although nobody killed it. */
    boolean hasDied() {
        Process running = process;
        return running != null && !running.isAlive();
    }

    /** What it says it is: leader, follower; empty while it does not serve or does not answer. */
    String role() {
        if (process == null || paused) {
            return "";
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            Matcher mode = MODE.matcher(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return mode.find() ? mode.group(1) : "";
        } catch (IOException silent) {
            return "";
        }
    }

    String output() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it. @param keep where its data are to be found afterwards, if they are */
    void close(@Nullable Path keep) {
        kill();
        if (keep != null) {
            volume.keep(keep);
        }
        volume.close();
    }

    @Override
    public String toString() {
        return "server " + id;
    }
}
