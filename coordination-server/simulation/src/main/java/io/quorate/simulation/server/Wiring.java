package io.quorate.simulation.server;

import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.replica.ReplicaOptions;

/**
 * What lies between a server and its ports, and its configuration. Nothing, unless somebody wants to see whether a
 * misbehaving port, which stands for a fault of the core, is noticed.
 */
public interface Wiring {

    /** Ports as they are. */
    Wiring STRAIGHT = new Wiring() {};

    /** How the server is configured. */
    default ReplicaOptions options(ReplicaOptions options) {
        return options;
    }

    default Disk logLane(Disk lane) {
        return lane;
    }

    default Disk bulkLane(Disk lane) {
        return lane;
    }

    /** What reaches the server of both lanes' completions. */
    default Disk.Completions completions(Disk.Completions completions) {
        return completions;
    }

    default DiskImage image(DiskImage image) {
        return image;
    }

    default ClientLinks clientLinks(ClientLinks links) {
        return links;
    }

    default PeerLinks peerLinks(PeerLinks links) {
        return links;
    }

    /** What tells the server of its connections to other members. */
    default PeerInputs peerInputs(PeerInputs inputs) {
        return inputs;
    }
}
