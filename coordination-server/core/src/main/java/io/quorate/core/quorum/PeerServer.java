package io.quorate.core.quorum;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One member as the server list describes it (quorum protocol 1.1).
 *
 * @param addresses at least one, in the order in which they are rendered: by host
 * @param client null when the client address is not part of the server list
 */
public record PeerServer(
        long id,
        List<PeerAddress> addresses,
        boolean observer,
        @Nullable HostPort client) {

    /** One way to reach a member. */
    public record PeerAddress(String host, int quorumPort, int electionPort) {

        public HostPort quorum() {
            return new HostPort(host, quorumPort);
        }

        public HostPort election() {
            return new HostPort(host, electionPort);
        }
    }

    /** The value of {@code server.N} in the one form that every member writes; the parser reads it back. */
    public String text() {
        StringJoiner hosts = new StringJoiner("|", "", observer ? ":observer" : ":participant");
        for (PeerAddress address : addresses) {
            hosts.add(address.quorum() + ":" + address.electionPort());
        }
        return client == null ? hosts.toString() : hosts + ";" + client;
    }
}
