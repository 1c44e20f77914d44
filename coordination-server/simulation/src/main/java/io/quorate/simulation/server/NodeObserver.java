package io.quorate.simulation.server;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.replica.ReplicaStatus;

/** Who watches a server from outside while it runs. Besides what it says itself, in {@link ServerEvents}. */
public interface NodeObserver extends ServerEvents {

    /** A server has recovered and is about to serve. */
    void recovered(ReplicaStatus status, long nowNanos);

    /** The server is dead, and its disk is as its death has left it. */
    default void died() {}

    /** A dead server has lost its disk. */
    default void wiped() {}

    /** To see, and not change, what a server with peers tells them. */
    default PeerLinks peerLinks(PeerLinks links) {
        return links;
    }

    /** To see, and not change, what it is told by them. */
    default PeerInputs peerInputs(PeerInputs inputs) {
        return inputs;
    }

    /** A turn begins. @param nowNanos the server's clock */
    default void turnBegins(long nowNanos) {}

    /** The server reads a frame of this link. @param nowNanos the server's clock */
    void heard(long link, long nowNanos);

    /** @param inboxPeak inputs that were waiting at most since the last turn */
    void afterTurn(ReplicaStatus status, int inboxPeak);
}
