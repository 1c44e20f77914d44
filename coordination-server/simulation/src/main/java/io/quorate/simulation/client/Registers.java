package io.quorate.simulation.client;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.history.Request;
import io.quorate.simulation.history.Request.Kind;
import org.jspecify.annotations.Nullable;

/** A few nodes that are read and overwritten, with and without the version that was seen last. */
final class Registers implements Workload {

    private static final int KEYS = 4;
    private static final int MOST_REPEATS = 500;
    /** So that the request stays below the frame limit of a run. */
    private static final int LONGEST_VALUE = 3_500;

    private final String name;
    private final long longOneIn;
    private int written;

    /**
     * Values of one client.
     *
     * @param name makes them unlike all others
     * @param longOneIn a value in so many is long
     */
    Registers(String name, long longOneIn) {
        this.name = name;
        this.longOneIn = longOneIn;
    }

    @Override
    public Request next(Knowledge known, SimRandom random) {
        String path = "/r" + random.below(KEYS);
        return switch ((int) random.below(8)) {
            case 0 -> new Request.Create(path, value(random), Kind.PERSISTENT, random.oneIn(2));
            case 1 -> new Request.Exists(path, false);
            case 2, 3 -> new Request.GetData(path, false);
            case 4 -> new Request.SetData(path, value(random), Request.ANY);
            case 5 -> random.oneIn(4) ? new Request.Delete(path, known.version(path)) : new Request.Sync(path);
            default -> new Request.SetData(path, value(random), known.version(path));
        };
    }

    private @Nullable String value(SimRandom random) {
        written++;
        if (random.oneIn(longOneIn)) {
            return longValue(1 + (int) random.below(MOST_REPEATS));
        }
        return switch ((int) random.below(10)) {
            case 0 -> null;
            case 1 -> "";
            default -> name + written;
        };
    }

    private String longValue(int repeats) {
        String value = (name + written).repeat(repeats);
        return value.substring(0, Math.min(value.length(), LONGEST_VALUE));
    }
}
