package io.quorate.runtime.loop;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.replica.Replica;
import java.net.InetSocketAddress;
import java.util.function.Function;

/**
 * How a member of an ensemble is reached by the others.
 *
 * @param election address for elections
 * @param quorum address for whoever learns from this member when it leads
 * @param inputs who in a replica is told what happens on the links
 */
public record PeerSettings(
        InetSocketAddress election, InetSocketAddress quorum, Function<Replica, PeerInputs> inputs) {}
