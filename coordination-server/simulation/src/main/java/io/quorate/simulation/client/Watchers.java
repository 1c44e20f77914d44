package io.quorate.simulation.client;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.history.Request;

/** Watches of every kind on what the others change. */
final class Watchers implements Workload {

    private static final String[] PATHS = {"/r0", "/r1", "/t0", "/t0/a", "/e0", "/e1", "/x0", "/x1", "/t1"};

    @Override
    public Request next(Knowledge known, SimRandom random) {
        String path = PATHS[(int) random.below(PATHS.length)];
        return switch ((int) random.below(10)) {
            case 0, 1 -> new Request.GetData(path, true);
            case 2, 3 -> new Request.Exists(path, true);
            case 4, 5 -> new Request.GetChildren(random.oneIn(3) ? "/" : path, true);
            case 6 -> new Request.AddWatch(path, random.oneIn(2));
            case 7 -> random.oneIn(8) ? new Request.AddWatch("/", true) : new Request.GetChildren(path, true);
            case 8 -> new Request.RemoveWatches(random.oneIn(4) ? "/" : path);
            default -> new Request.SetData(path, "by the watcher", Request.ANY);
        };
    }
}
