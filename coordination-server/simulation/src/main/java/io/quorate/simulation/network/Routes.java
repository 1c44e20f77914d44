package io.quorate.simulation.network;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which members' packets do not get through to which others. Each direction counts by itself. */
final class Routes {

    private record Route(long from, long to) {}

    /** Asked for membership only: its order would not be the same in every run. */
    private final Set<Route> blocked = new HashSet<>();

    boolean isOpen(SimHost from, SimHost to) {
        return !blocked.contains(new Route(from.node, to.node));
    }

    void block(long from, long to) {
        blocked.add(new Route(from, to));
    }

    void separate(long one, long other) {
        block(one, other);
        block(other, one);
    }

    void separate(Collection<Long> ones, Collection<Long> others) {
        ones.forEach(one -> others.forEach(other -> separate(one, other)));
    }

    /** Everybody reaches two neighbours, and nobody else. */
    void ring(List<Long> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            for (int k = i + 2; k < nodes.size(); k++) {
                boolean neighbours = i == 0 && k == nodes.size() - 1;
                if (!neighbours) {
                    separate(nodes.get(i), nodes.get(k));
                }
            }
        }
    }

    void openAll() {
        blocked.clear();
    }
}
