package io.quorate.runtime.proof;

import io.quorate.runtime.kit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the members of an ensemble are told about one another: the same everywhere, but where a test wants it otherwise.
 * Ids count from 1: voters, then observers, then whoever only knows itself to be a member.
 */
final class EnsemblePlan {

    private static final int TICK_MILLIS = 500;
    private static final int PORTS_PER_MEMBER = 3;
    private static final int MOST_RELAYS = 2;

    /** One member's knowledge of another. */
    private record View(int viewer, int id) {}

    private final int voters;
    private final int listed;
    private final int count;
    private final List<Integer> ports;
    private final List<String> common;
    private final Map<Integer, List<String>> lines = new TreeMap<>();
    private final Map<Integer, List<String>> flags = new TreeMap<>();
    private final Map<View, Integer> detours = new HashMap<>();

    /** @param lines of everybody's configuration, beside those that an ensemble needs; they win over these */
    EnsemblePlan(int voters, int observers, String... lines) {
        this(voters, observers, 0, lines);
    }

    private EnsemblePlan(int voters, int observers, int strangers, String... lines) {
        this.voters = voters;
        listed = voters + observers;
        count = listed + strangers;
        ports = FreePorts.several(PORTS_PER_MEMBER * count + MOST_RELAYS);
        common = new ArrayList<>(List.of("tickTime=" + TICK_MILLIS, "initLimit=40", "syncLimit=6"));
        common.addAll(List.of(lines));
    }

    /** Voters, and one more that takes itself for a voter and is in nobody else's list. */
    static EnsemblePlan withStranger(int voters, String... lines) {
        return new EnsemblePlan(voters, 0, 1, lines);
    }

    int voters() {
        return voters;
    }

    int count() {
        return count;
    }

    int clientPort(int id) {
        return port(id, 0);
    }

    private int quorumPort(int id) {
        return port(id, 1);
    }

    private int electionPort(int id) {
        return port(id, 2);
    }

    private int port(int id, int which) {
        return ports.get(PORTS_PER_MEMBER * (id - 1) + which);
    }

    /** A line of one member's configuration only. */
    EnsemblePlan line(int id, String line) {
        lines.computeIfAbsent(id, any -> new ArrayList<>()).add(line);
        return this;
    }

    /** A flag of one member's virtual machine only. */
    EnsemblePlan flag(int id, String flag) {
        flags.computeIfAbsent(id, any -> new ArrayList<>()).add(flag);
        return this;
    }

    /** What one member says to the quorum port of another goes through a relay from now on, and so do the answers. */
    PeerRelay relay(int learner, int leader) {
        try {
            // A port that the system chose now might be one that a member has been promised.
            int port = ports.get(PORTS_PER_MEMBER * count + detours.size());
            detours.put(new View(learner, leader), port);
            return new PeerRelay(port, quorumPort(leader));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot listen on loopback", failed);
        }
    }

    List<String> linesOf(int viewer) {
        List<String> all = new ArrayList<>(common);
        for (int id = 1; id <= count; id++) {
            if (id <= listed || id == viewer) {
                String role = id > voters && id <= listed ? ":observer" : "";
                int quorum = detours.getOrDefault(new View(viewer, id), quorumPort(id));
                all.add("server." + id + "=127.0.0.1:" + quorum + ":" + electionPort(id) + role);
            }
        }
        all.addAll(lines.getOrDefault(viewer, List.of()));
        return all;
    }

    List<String> flagsOf(int id) {
        List<String> all = new ArrayList<>(List.of("-Dznode.container.checkIntervalMs=1000"));
        all.addAll(flags.getOrDefault(id, List.of()));
        return all;
    }
}
