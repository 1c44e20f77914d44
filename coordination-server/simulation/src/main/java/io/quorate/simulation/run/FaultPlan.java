package io.quorate.simulation.run;

import io.quorate.core.base.Limits;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.core.replica.ReplicaOptions.Access;
import io.quorate.core.replica.ReplicaOptions.Nodes;
import io.quorate.core.replica.ReplicaOptions.Storage;
import io.quorate.simulation.SimRandom;
import io.quorate.simulation.client.SimClient.Habits;
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
 */
public record FaultPlan(
        long durationNanos,
        Map<Fault, Long> everyNanos,
        LinkFaults links,
        List<Habits> clients,
        ReplicaOptions options) {

    private static final long MILLI = 1_000_000;
    private static final int TICK_MILLIS = 20;

    static FaultPlan of(SimRandom root) {
        SimRandom random = root.stream("plan");
        EnumMap<Fault, Long> every = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            if (!random.oneIn(3)) {
                every.put(fault, random.between(20, 160) * MILLI);
            }
        }
        every.computeIfPresent(Fault.FULL_DISK, (fault, nanos) -> 3 * nanos);
        every.computeIfPresent(Fault.FAILED_FORCE, (fault, nanos) -> 2 * nanos);
        // A run without any crash proves little.
        every.putIfAbsent(Fault.POWER_FAILURE, 50 * MILLI);
        LinkFaults links = new LinkFaults(
                10_000, random.between(20_000, 400_000), random.oneIn(2) ? 0 : random.between(50, 1000), 30 * MILLI);
        return new FaultPlan(random.between(300, 900) * MILLI, every, links, clients(random), options(random));
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

    private static ReplicaOptions options(SimRandom random) {
        Limits limits = new Limits(
                4096,
                1024,
                (int) random.between(4, 40),
                0,
                0,
                64 << 20,
                500,
                -1,
                100 << 20,
                0,
                10_000,
                1 << 20,
                256,
                64 << 10,
                random.oneIn(4) ? (int) random.between(1, 10) : 0);
        Nodes nodes = new Nodes(false, false, false, random.between(10, 60), 10_000, 0);
        Storage storage = new Storage(
                (int) random.between(10, 400),
                random.oneIn(3) ? random.between(2_000, 20_000) : 0,
                random.oneIn(3) ? random.between(1_000, 10_000) : 0,
                (int) random.between(6 << 10, 32 << 10),
                (int) random.below(4),
                false);
        return new ReplicaOptions(
                1,
                TICK_MILLIS,
                2 * TICK_MILLIS,
                20 * TICK_MILLIS,
                limits,
                nodes,
                Access.DEFAULTS,
                storage,
                false,
                ThrottleOptions.OFF,
                null);
    }
}
