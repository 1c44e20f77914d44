package io.quorate.simulation.client;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.history.Request;
import java.util.ArrayList;
import java.util.List;

/** Several workloads in one, each as often as the seed wants. */
final class Mixture implements Workload {

    private final List<Workload> choices = new ArrayList<>();

    /** @param name makes this client's values unlike all others */
    Mixture(String name, SimRandom random) {
        Registers registers = new Registers(name, random.oneIn(6) ? 1 : 6);
        List<Workload> all = List.of(registers, new Families(), new Ephemerals(), new Transfers(), new Watchers());
        for (Workload workload : all) {
            for (long weight = random.below(4); weight > 0; weight--) {
                choices.add(workload);
            }
        }
        if (choices.isEmpty()) {
            choices.addAll(all);
        }
    }

    @Override
    public Request next(Knowledge known, SimRandom random) {
        return choices.get((int) random.below(choices.size())).next(known, random);
    }
}
