package io.quorate.core.election;

import io.quorate.core.quorum.HostPort;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.quorum.PeerServer.PeerAddress;
import io.quorate.core.wire.peer.ElectionHandshake;
import io.quorate.core.wire.peer.ElectionHandshake.Address;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where election ports are: as members say of themselves, and as the membership says of them. */
final class MeshAddresses {

    private static final List<String> WILDCARDS = List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    private MeshAddresses() {}

    /** What a server says of itself. */
    static List<Address> announced(PeerServer self) {
        return self.addresses().stream()
                .map(PeerAddress::election)
                .map(address -> new Address(address.host(), address.port()))
                .toList();
    }

    /** What can be dialled of what another server says: a wildcard is where it listens, not where it is. */
    static List<HostPort> usable(ElectionHandshake greeting) {
        return greeting.addresses().stream()
                .filter(address -> !WILDCARDS.contains(address.host()))
                .map(address -> new HostPort(address.host(), address.port()))
                .toList();
    }

    /** What it says of itself comes first, then what the membership knows; each once. */
    static List<HostPort> of(MeshPeer peer, Membership membership) {
        TreeMap<String, HostPort> seen = new TreeMap<>();
        PeerServer server = membership.find(peer.serverId());
        Stream<HostPort> configured =
                server == null ? Stream.empty() : server.addresses().stream().map(PeerAddress::election);
        return Stream.concat(peer.announced().stream(), configured)
                .filter(address -> seen.putIfAbsent(address.toString(), address) == null)
                .toList();
    }
}
