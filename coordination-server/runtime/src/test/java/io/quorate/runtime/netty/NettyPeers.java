package io.quorate.runtime.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ManualIoEventLoop;
import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.simulation.contract.PeerEdge;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Members on loopback sockets, all driven by the test's thread. */
final class NettyPeers implements AutoCloseable {

    private static final long WAIT_NANOS = 1_000_000;
    private static final long IO_BUDGET_NANOS = 5_000_000;
    private static final long MAX_OUTPUT_BYTES = 64 << 20;

    private final ManualIoEventLoop loop;
    private final Transport transport;
    private final List<Peer> peers = new ArrayList<>();

    record Peer(PeerPort port, PeerInputs inputs) implements PeerEdge {

        @Override
        public PeerLinks links() {
            return port;
        }

        @Override
        public String host() {
            return "localhost";
        }

        @Override
        public int port(Purpose purpose) {
            return port.localAddress(purpose).getPort();
        }

        @Override
        public int openLinks() {
            return port.openLinks();
        }
    }

    NettyPeers(Transport transport) {
        this.transport = transport;
        loop = new ManualIoEventLoop(Thread.currentThread(), transport.handlers());
    }

    ManualIoEventLoop loop() {
        return loop;
    }

    /** A member that listens and accepts. */
    Peer peer(PeerInputs inputs) {
        Peer peer = new Peer(new PeerPort(loop, transport, this::resolve, MAX_OUTPUT_BYTES), inputs);
        for (Purpose purpose : Purpose.values()) {
            ChannelFuture bound = peer.port.bind(purpose, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            while (!bound.isDone()) {
                loop.run(IO_BUDGET_NANOS);
            }
            assertThat(bound.isSuccess()).isTrue();
        }
        peer.port.open();
        peers.add(peer);
        return peer;
    }

    private void resolve(String host, java.util.function.Consumer<List<InetAddress>> found) {
        List<InetAddress> addresses;
        try {
            addresses = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            addresses = List.of();
        }
        List<InetAddress> answer = addresses;
        loop.execute(() -> found.accept(answer));
    }

    void turn() {
        loop.run(WAIT_NANOS, IO_BUDGET_NANOS);
        peers.forEach(peer -> peer.port.drain(peer.inputs));
        peers.forEach(peer -> peer.port.flushTouched());
    }

    @Override
    public void close() {
        peers.forEach(peer -> {
            peer.port.closeAll();
            peer.port.stopAccepting();
        });
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.run(-1, IO_BUDGET_NANOS);
        }
        peers.forEach(peer -> peer.port.discardArrivals());
    }
}
