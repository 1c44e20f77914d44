package io.quorate.simulation.contract;

import io.quorate.core.port.PeerLinks;

/** A member as the contract of its links needs it: what it commands, and where the others find it. */
public interface PeerEdge {

    PeerLinks links();

    /** A name that leads to this member. */
    String host();

    int port(PeerLinks.Purpose purpose);

    /** Links that have begun and not come to their end. */
    int openLinks();
}
