package io.quorate.simulation.run;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.client.SimClient.Habits;
import io.quorate.simulation.network.NetworkOptions;
import io.quorate.simulation.server.LinkFaults;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What exists in a run: how long it lasts, who takes part, which faults there are and how often. Most runs lack some
 * faults, since one fault can hide what another would show.
 *
 * @param durationNanos of the part with faults, in virtual time
 * @param everyNanos average time between two faults of a kind; a kind that is absent does not happen
 * @param lost members that stay away for good when the faults end, by their ids; never so many that no quorum is left
 */
public record FaultPlan(
        Shape shape,
        long durationNanos,
        Map<Fault, Long> everyNanos,
        List<Long> lost,
        LinkFaults links,
        NetworkOptions network,
        List<Habits> clients,
        ServerPlan servers) {

    private static final long MILLI = 1_000_000;

    static FaultPlan of(SimRandom root, Kind kind) {
        SimRandom random = root.stream("plan");
        Shape shape = shape(root.stream("shape"), kind);
        EnumMap<Fault, Long> every = shape.isEnsemble() ? ensembleFaults(random) : standaloneFaults(random);
        LinkFaults links = new LinkFaults(
                10_000, random.between(20_000, 400_000), random.oneIn(2) ? 0 : random.between(50, 1000), 30 * MILLI);
        long duration = (shape.isEnsemble() ? random.between(300, 1200) : random.between(300, 900)) * MILLI;
        NetworkOptions network =
                new NetworkOptions(10_000, random.between(20_000, 600_000), random.oneIn(3) ? 4 : 0, 1 << 20);
        return new FaultPlan(
                shape, duration, every, lost(random, shape), links, network, clients(random), ServerPlan.of(random));
    }

    private static Shape shape(SimRandom random, Kind kind) {
        if (kind == Kind.STANDALONE || kind == Kind.ANY && random.oneIn(4)) {
            return Shape.STANDALONE;
        }
        int voters = random.oneIn(4) ? 5 : random.oneIn(20) ? (random.oneIn(2) ? 4 : 2) : 3;
        return new Shape(voters, random.oneIn(3) ? (int) random.between(1, 2) : 0);
    }

    private static EnumMap<Fault, Long> standaloneFaults(SimRandom random) {
        EnumMap<Fault, Long> every = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            if (!fault.isBetweenMembers() && !random.oneIn(3)) {
                every.put(fault, random.between(20, 160) * MILLI);
            }
        }
        every.computeIfPresent(Fault.FULL_DISK, (fault, nanos) -> 3 * nanos);
        every.computeIfPresent(Fault.FAILED_FORCE, (fault, nanos) -> 2 * nanos);
        // A run without any crash proves little.
        every.putIfAbsent(Fault.POWER_FAILURE, 50 * MILLI);
        return every;
    }

    private static EnumMap<Fault, Long> ensembleFaults(SimRandom random) {
        EnumMap<Fault, Long> every = new EnumMap<>(Fault.class);
        if (random.oneIn(20)) {
            return every; // everything must work when nothing is wrong, too
        }
        for (Fault fault : Fault.values()) {
            if (random.oneIn(2)) {
                every.put(fault, random.between(60, 500) * MILLI);
            }
        }
        every.computeIfPresent(Fault.FULL_DISK, (fault, nanos) -> 2 * nanos);
        every.computeIfPresent(Fault.BLACKOUT, (fault, nanos) -> 2 * nanos);
        return every;
    }

    private static List<Long> lost(SimRandom random, Shape shape) {
        List<Long> lost = new ArrayList<>();
        if (random.oneIn(3)) {
            for (long left = random.below(shape.tolerated() + 1L); left > 0; left--) {
                long id = random.between(1, shape.voters());
                if (!lost.contains(id)) {
                    lost.add(id);
                }
            }
        }
        return lost;
    }

    private static List<Habits> clients(SimRandom random) {
        List<Habits> clients = new ArrayList<>();
        int count = (int) random.between(2, 5);
        for (int i = 0; i < count; i++) {
            clients.add(new Habits(
                    "c" + i,
                    (int) random.between(40, 300),
                    (int) random.between(1, random.oneIn(4) ? 40 : 10),
                    random.oneIn(3),
                    random.between(200_000, 2 * MILLI),
                    random.oneIn(2) ? 0 : random.between(50, 300)));
        }
        return clients;
    }
}
