package io.quorate.app.compare;

import io.quorate.app.cli.bench.BenchTarget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One server, or an ensemble of them on one machine. */
final class Deployment implements AutoCloseable {

    private static final long POLL_NANOS = 1_000_000;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final ServerProgram program;
    private final List<ServerProcess> servers = new ArrayList<>();

    /** @param size 1 for a server that stands alone */
    Deployment(ServerProgram program, Path directory, int size) throws IOException {
        this.program = program;
        List<String> ensemble = new ArrayList<>();
        for (int id = 1; id <= size && size > 1; id++) {
            ensemble.add("server." + id + "=127.0.0.1:" + FreePorts.take() + ":" + FreePorts.take());
        }
        for (int id = 1; id <= size; id++) {
            Path home = directory.resolve(program.label() + "-" + id);
            servers.add(new ServerProcess(program, home, size > 1 ? id : 0, ensemble));
        }
    }

    String label() {
        return program.label();
    }

    List<ServerProcess> servers() {
        return servers;
    }

    BenchTarget target() {
        List<InetSocketAddress> addresses = new ArrayList<>();
        servers.forEach(server -> addresses.add(server.address()));
        return new BenchTarget(program.label(), addresses);
    }

    /** Starts all of them and waits until each serves. */
    void start() throws IOException {
        for (ServerProcess server : servers) {
            server.launch();
        }
        for (ServerProcess server : servers) {
            server.awaitService();
        }
    }

    /** The member that leads; waits until one does. */
    ServerProcess leader() throws IOException {
        return withMode("leader");
    }

    /** A member that follows; waits until one does. */
    ServerProcess follower() throws IOException {
        return withMode("follower");
    }

    private ServerProcess withMode(String mode) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            for (ServerProcess server : servers) {
                if (server.mode().equals(mode)) {
                    return server;
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IOException("no member of " + program.label() + " says that it is a " + mode);
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
    }
}
