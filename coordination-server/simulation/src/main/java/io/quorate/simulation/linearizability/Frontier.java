package io.quorate.simulation.linearizability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Configurations of which none covers another: the cache of the search, and what it goes on from. */
final class Frontier {

    private record Key(Register register, long writes) {}

    /** Slots of the operations under way that have no effect. */
    private final long reading;

    private final Map<Key, List<Configuration>> byKey = new LinkedHashMap<>();
    private int size;

    Frontier(long reading) {
        this.reading = reading;
    }

    /** @return false if one that covers it is there */
    boolean add(Configuration added) {
        List<Configuration> alike =
                byKey.computeIfAbsent(new Key(added.register(), added.open() & ~reading), key -> new ArrayList<>(1));
        for (Configuration present : alike) {
            if (present.covers(added)) {
                return false;
            }
        }
        size -= alike.size();
        alike.removeIf(added::covers);
        alike.add(added);
        size += alike.size();
        return true;
    }

    int size() {
        return size;
    }

    List<Configuration> all() {
        List<Configuration> all = new ArrayList<>(size);
        byKey.values().forEach(all::addAll);
        return all;
    }
}
