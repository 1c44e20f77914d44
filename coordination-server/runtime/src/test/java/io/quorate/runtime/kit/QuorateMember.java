package io.quorate.runtime.kit;

import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.replica.EnsembleOptions;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.PeerAddresses;
import io.quorate.runtime.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A member of an ensemble that is this server, embedded in the JVM of the tests. */
final class QuorateMember implements EnsembleMember {

    private static final String LOOPBACK = "127.0.0.1";

    private final int member;
    private final ReferencePorts ports;
    private final Path directory;
    private @Nullable ServerOptions options;
    private @Nullable CoordinationServer running;

    QuorateMember(int member, ReferencePorts ports) {
        this.member = member;
        this.ports = ports;
        try {
            directory = Files.createTempDirectory("quorate-member");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the member's directory", e);
        }
    }

    @Override
    public void launchFirst(io.quorate.runtime.kit.ServerOptions wanted) {
        List<PeerServer> servers = new ArrayList<>();
        for (int i = 0; i < ports.quorum().size(); i++) {
            PeerServer.PeerAddress address = new PeerServer.PeerAddress(
                    LOOPBACK, ports.quorum().get(i), ports.election().get(i));
            servers.add(new PeerServer(i + 1, List.of(address), false, null));
        }
        EnsembleOptions ensemble = new EnsembleOptions(
                member,
                Membership.majority(0, servers),
                wanted.tickTimeMillis(),
                20,
                10,
                0,
                2000,
                50,
                200,
                2000,
                1000,
                1 << 20,
                true);
        String words = wanted.fourLetterWords();
        options = ServerOptions.embedded(directory)
                .withReplica(QuorateServer.replicaOptions(wanted, member).withEnsemble(ensemble))
                .withClientPort(ports.client().get(member - 1))
                .withFourLetterWords(words == null ? List.of() : List.of(words.split(",\\s*")))
                .withPeers(new PeerAddresses(
                        LOOPBACK,
                        ports.election().get(member - 1),
                        ports.quorum().get(member - 1)));
        launchAgain();
    }

    @Override
    public void launchAgain() {
        running = CoordinationServer.start(Objects.requireNonNull(options));
    }

    @Override
    public void awaitServing() {
        CoordinationServer server = Objects.requireNonNull(running);
        Eventually.until("member " + member + " serves", () -> {
            var ensemble = server.status().ensemble();
            return ensemble != null && ensemble.serving();
        });
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(LOOPBACK, ports.client().get(member - 1));
    }

    /** Within one JVM there is no crash: an orderly stop. */
    @Override
    public void kill() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }
}
