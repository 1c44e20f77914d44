package io.quorate.sample.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three servers of the shipped jar. */
final class Ensemble implements AutoCloseable {

    static final Duration TICK = Duration.ofSeconds(1);

    private static final Path JAR =
            Path.of("..", "..", "..", "coordination-server", "target", "coordination-server.jar");
    private static final int SIZE = 3;
    private static final int PROBE_MILLIS = 1000;

    private final List<Member> members = new ArrayList<>();

    /** One of them. */
    record Member(int id, int clientPort, JarProcess process) {

        /** Whether {@code srvr} names this mode: leader, follower. */
        boolean is(String mode) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort), PROBE_MILLIS);
                socket.setSoTimeout(PROBE_MILLIS);
                socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .contains("Mode: " + mode);
            } catch (IOException silent) {
                return false;
            }
        }
    }

    /** Starts them and does not wait. */
    Ensemble(Path home, Ports ports) {
        List<String> servers = IntStream.rangeClosed(1, SIZE)
                .mapToObj(id -> "--coordination.servers[" + id + "]=127.0.0.1:" + ports.next() + ":" + ports.next())
                .toList();
        for (int id = 1; id <= SIZE; id++) {
            int clientPort = ports.next();
            List<String> arguments = new ArrayList<>(servers);
            arguments.addAll(List.of(
                    "--coordination.server-id=" + id,
                    "--coordination.client-port=" + clientPort,
                    "--coordination.client-port-address=127.0.0.1",
                    "--coordination.tick-time=" + TICK.toMillis(),
                    "--coordination.data-dir=" + home.resolve("server-" + id),
                    "--server.port=0"));
            members.add(new Member(id, clientPort, new JarProcess("server-" + id, JAR, home, List.of(), arguments)));
        }
    }

    String connectString() {
        return members.stream()
                .map(member -> "127.0.0.1:" + member.clientPort())
                .collect(Collectors.joining(","));
    }

    /** Waits until one leads and the others follow. */
    void awaitWhole() {
        for (Member member : members) {
            Waiting.until("server " + member.id() + " leads or follows", () -> {
                member.process().requireAlive();
                return member.is("leader") || member.is("follower");
            });
        }
    }

    /** All of them. */
    List<Member> members() {
        return members;
    }

    /** The one that leads, once there is one: a busy server may leave the question unanswered. */
    Member leader() {
        AtomicReference<Member> leading = new AtomicReference<>();
        Waiting.until("a server leads", () -> {
            members.stream().filter(member -> member.is("leader")).findFirst().ifPresent(leading::set);
            return leading.get() != null;
        });
        return leading.get();
    }

    /** Waits until another one than this leads. */
    void awaitOtherLeader(Member former) {
        Waiting.until(
                "another server than " + former.id() + " leads",
                () -> members.stream().anyMatch(member -> member != former && member.is("leader")));
    }

    @Override
    public void close() {
        members.forEach(member -> member.process().kill());
    }
}
