package io.quorate.simulation.client;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.history.Request;
import io.quorate.simulation.history.Request.Kind;
import org.jspecify.annotations.Nullable;

/** A few nodes that are read and overwritten, with and without the version that was seen last. */
final class Registers implements Workload {

    private static final int KEYS = 4;
    private static final int LONG_VALUE = 900;

    private final String name;
    private int written;

    /** @param name makes this client's values unlike all others */
    Registers(String name) {
        this.name = name;
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
        return switch ((int) random.below(12)) {
            case 0 -> null;
            case 1 -> "";
            case 2 -> (name + written).repeat(1 + (int) random.below(LONG_VALUE / 4));
            default -> name + written;
        };
    }
}
