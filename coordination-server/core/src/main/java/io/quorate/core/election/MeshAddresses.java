package io.quorate.core.election;

import io.quorate.core.quorum.HostPort;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.quorum.PeerServer.PeerAddress;
import io.quorate.core.wire.peer.ElectionHandshake;
import io.quorate.core.wire.peer.ElectionHandshake.Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where election ports are: as members say of themselves, and as the membership says of them. */
final class MeshAddresses {

    private static final List<String> WILDCARDS = List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    /** More than a server has. Whoever connects may make us dial this many. */
    private static final int MOST_ANNOUNCED = 16;

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
            HostPort candidate = new HostPort(address.host(), address.port());
            if (usable.size() < MOST_ANNOUNCED && !WILDCARDS.contains(address.host()) && !usable.contains(candidate)) {
                usable.add(candidate);
            }
        }
        return usable;
    }

    /** What a server says of itself comes first, then what the membership knows, if it knows it; each once. */
    static List<HostPort> of(List<HostPort> announced, @Nullable PeerServer server) {
        List<HostPort> addresses = new ArrayList<>(announced);
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
