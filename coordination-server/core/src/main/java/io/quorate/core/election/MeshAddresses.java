package io.quorate.core.election;

import io.quorate.core.quorum.HostPort;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.quorum.PeerServer.PeerAddress;
import io.quorate.core.wire.peer.ElectionHandshake;
import io.quorate.core.wire.peer.ElectionHandshake.Address;
import java.util.ArrayList;
import java.util.List;

/** Where election ports are: as members say of themselves, and as the membership says of them. */
final class MeshAddresses {

    private static final List<String> WILDCARDS = List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    private MeshAddresses() {}

    /** What a server says of itself. */
    static List<Address> announced(PeerServer self) {
        List<Address> announced = new ArrayList<>();
        for (PeerAddress address : self.addresses()) {
            announced.add(new Address(address.host(), address.electionPort()));
        }
        return announced;
    }

    /** What can be dialled of what another server says: a wildcard is where it listens, not where it is. */
    static List<HostPort> usable(ElectionHandshake greeting) {
        List<HostPort> usable = new ArrayList<>();
        for (Address address : greeting.addresses()) {
            if (!WILDCARDS.contains(address.host())) {
                usable.add(new HostPort(address.host(), address.port()));
            }
        }
        return usable;
    }

    /** What it says of itself comes first, then what the membership knows; each once. */
    static List<HostPort> of(MeshPeer peer, Membership membership) {
        List<HostPort> addresses = new ArrayList<>(peer.announced());
        PeerServer server = membership.find(peer.serverId());
        if (server != null) {
            for (PeerAddress address : server.addresses()) {
                if (!addresses.contains(address.election())) {
                    addresses.add(address.election());
                }
            }
        }
        return addresses;
    }
}
