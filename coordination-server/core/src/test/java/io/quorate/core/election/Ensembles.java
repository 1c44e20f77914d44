package io.quorate.core.election;

import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.quorum.PeerServer.PeerAddress;
import java.util.ArrayList;
import java.util.List;

/** Memberships for tests: server n lives on host {@code hn} with election port 3888. */
final class Ensembles {

    private Ensembles() {}

    static PeerServer server(long id, boolean observer) {
        return new PeerServer(id, List.of(new PeerAddress("h" + id, 2888, 3888)), observer, null);
    }

    static Membership voters(long... ids) {
        return withObservers(List.of(), ids);
    }

    static Membership withObservers(List<Long> observers, long... voters) {
        List<PeerServer> servers = new ArrayList<>();
        for (long id : voters) {
            servers.add(server(id, false));
        }
        for (long id : observers) {
            servers.add(server(id, true));
        }
        return Membership.majority(0, servers);
    }

    /** Voters that listen on a second address too: {@code gn}, election port 3889. */
    static Membership withTwoAddresses(long... ids) {
        List<PeerServer> servers = new ArrayList<>();
        for (long id : ids) {
            List<PeerAddress> addresses =
                    List.of(new PeerAddress("h" + id, 2888, 3888), new PeerAddress("g" + id, 2889, 3889));
            servers.add(new PeerServer(id, addresses, false, null));
        }
        return Membership.majority(0, servers);
    }
}
