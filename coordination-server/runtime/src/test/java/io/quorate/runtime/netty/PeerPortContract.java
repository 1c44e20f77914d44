package io.quorate.runtime.netty;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.quorum.HostPort;
import io.quorate.runtime.kit.FreePorts;
import io.quorate.simulation.contract.PeerEdge;
import io.quorate.simulation.contract.PeerLinksContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract over loopback sockets. */
abstract class PeerPortContract extends PeerLinksContract {

    private static final int FULL_AFTER_MILLIS = 200;

    private final NettyPeers peers;
    private final List<AutoCloseable> sockets = new ArrayList<>();

    PeerPortContract(Transport transport) {
        peers = new NettyPeers(transport);
    }

    @AfterEach
    void close() throws Exception {
        peers.close();
        for (AutoCloseable socket : sockets) {
            socket.close();
        }
    }

    @Override
    protected PeerEdge edge(String name, PeerInputs inputs) {
        return peers.peer(inputs);
    }

    @Override
    protected void turn() {
        peers.turn();
    }

    @Override
    protected long nowNanos() {
        return System.nanoTime();
    }

    @Override
    protected HostPort closedPort() {
        return new HostPort("localhost", FreePorts.one());
    }

    /** A listener that accepts nobody: when its queue is full, the system does not even answer. */
    @Override
    protected HostPort blackHole() {
        try {
            ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(deaf);
            while (connects(deaf)) {
                continue;
            }
            return new HostPort("127.0.0.1", deaf.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean connects(ServerSocket deaf) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        try {
            socket.connect(deaf.getLocalSocketAddress(), FULL_AFTER_MILLIS);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    @Override
    protected String unknownHost() {
        return "no-such-host.invalid";
    }
}
