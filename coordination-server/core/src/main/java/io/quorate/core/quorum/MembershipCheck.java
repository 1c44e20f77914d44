package io.quorate.core.quorum;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must hold between the members of an ensemble, and is checked before anything is built on them. */
final class MembershipCheck {

    /** The id is the highest byte of session ids, where 255 marks nodes that have a time to live. */
    static final long HIGHEST_ID = 254;

    /** Hosts that say nothing about the machine: every member may have them. */
    private static final List<String> WILDCARDS = List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    /** Members by id, once each of them can be one. */
    static NavigableMap<Long, PeerServer> byId(Collection<PeerServer> servers) {
        NavigableMap<Long, PeerServer> byId = new TreeMap<>();
        NavigableMap<String, Long> owners = new TreeMap<>();
        for (PeerServer server : servers) {
            checkId(server.id());
            if (byId.put(server.id(), server) != null) {
                throw new InvalidMembership(
                        "two servers have the id " + server.id(), "Give every server of the list an id of its own.");
            }
            checkAddresses(server, owners);
        }
        boolean voting = false;
        for (PeerServer server : servers) {
            voting |= !server.observer();
        }
        if (!voting) {
            throw new InvalidMembership(
                    servers.isEmpty() ? "the list has no server" : "the list has observers only",
                    "Name at least one participant, and better three: observers do not vote.");
        }
        return byId;
    }

    private static void checkId(long id) {
        if (id < 0 || id > HIGHEST_ID) {
            throw new InvalidMembership(
                    "a server has the id " + id + ", outside of 0 to " + HIGHEST_ID,
                    "Choose an id from 1 to " + HIGHEST_ID + ": it becomes one byte of every session id.");
        }
    }

    private static void checkAddresses(PeerServer server, NavigableMap<String, Long> owners) {
        for (PeerServer.PeerAddress address : server.addresses()) {
            if (!WILDCARDS.contains(address.host())) {
                claim(address.quorum(), server.id(), owners);
                claim(address.election(), server.id(), owners);
            }
        }
    }

    private static void claim(HostPort address, long id, NavigableMap<String, Long> owners) {
        Long owner = owners.put(address.toString().toLowerCase(Locale.ROOT), id);
        if (owner != null) {
            String who =
                    owner == id ? "server " + id + " names twice" : "servers " + owner + " and " + id + " both name";
            throw new InvalidMembership(
                    who + " the address " + address, "Give every server a host, or ports, of its own.");
        }
    }

    /** @param voters in ascending order */
    static void hierarchy(List<Long> voters, Hierarchy hierarchy) {
        NavigableMap<Long, Long> groupOf = new TreeMap<>();
        for (Map.Entry<Long, List<Long>> group : hierarchy.groups().entrySet()) {
            for (Long member : group.getValue()) {
                checkVoter(voters, member, "group " + group.getKey() + " names");
                checkOneGroup(member, groupOf.put(member, group.getKey()), group.getKey());
            }
        }
        for (Long weighted : hierarchy.weights().keySet()) {
            checkVoter(voters, weighted, "a weight is given to");
        }
        for (Long voter : voters) {
            if (!groupOf.containsKey(voter)) {
                throw new InvalidMembership(
                        "server " + voter + " is in no group",
                        "With groups or weights every participant belongs to one group: add it to one of group.G.");
            }
        }
        boolean weighty = false;
        for (long voter : voters) {
            weighty |= hierarchy.weight(voter) != 0;
        }
        if (!weighty) {
            throw new InvalidMembership("every voter has the weight 0", "Give at least one of them a weight of 1.");
        }
    }

    private static void checkOneGroup(long member, @Nullable Long earlier, long group) {
        if (earlier != null) {
            throw new InvalidMembership(
                    "server " + member + " is in group " + earlier + " and in group " + group,
                    "Leave it in one group, and once only.");
        }
    }

    private static void checkVoter(List<Long> voters, Long id, String what) {
        if (!voters.contains(id)) {
            throw new InvalidMembership(
                    what + " server " + id + ", which is no participant of the list",
                    "Groups and weights are for participants only: take it out, or add the server.");
        }
    }

    private MembershipCheck() {}
}
