package io.quorate.runtime.loop;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.quorate.core.base.Limits;
import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.core.replica.Replica;
import io.quorate.runtime.netty.PeerPort;
import io.quorate.runtime.netty.Transport;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What the loop of a member has to do for the links with the others. Replica thread only. */
final class PeerSide {

    /** Waits until a port is bound; throws when it cannot be. */
    interface Binding {
        void await(PortUnavailable.Port which, InetSocketAddress address, ChannelFuture bound);
    }

    private final PeerSettings settings;
    private final ResolverLane names;
    private final PeerPort port;
    /** Null until there is a replica; nothing is accepted before. */
    private @Nullable PeerInputs inputs;

    PeerSide(PeerSettings settings, EventLoop loop, Transport transport, Limits limits) {
        this.settings = settings;
        names = new ResolverLane(loop);
        port = new PeerPort(loop, transport, names, limits.links().maxOutputBytes());
    }

    /** The port that the replica is built with. */
    PeerLinks links() {
        return port;
    }

    void bind(Binding binding) {
        binding.await(
                PortUnavailable.Port.ELECTION, settings.election(), port.bind(Purpose.ELECTION, settings.election()));
        binding.await(PortUnavailable.Port.QUORUM, settings.quorum(), port.bind(Purpose.QUORUM, settings.quorum()));
    }

    void open(Replica replica) {
        inputs = settings.inputs().apply(replica);
        port.open();
    }

    boolean hasMore() {
        return port.hasMore();
    }

    void drain() {
        PeerInputs told = inputs;
        if (told != null) {
            port.drain(told);
        }
    }

    void flush() {
        port.flushTouched();
    }

    void close() {
        port.closeAll();
        port.stopAccepting();
        names.stop();
    }

    void discard() {
        port.discardArrivals();
    }
}
