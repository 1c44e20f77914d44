package io.quorate.simulation.client;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.history.Request;
import io.quorate.simulation.history.Request.Kind;

/** Nodes that go with their session, and sessions that go. */
final class Ephemerals implements Workload {

    private static final int KEYS = 3;
    private static final int REQUESTS_PER_SESSION = 60;

    @Override
    public Request next(Knowledge known, SimRandom random) {
        String path = "/e" + random.below(KEYS);
        if (random.oneIn(REQUESTS_PER_SESSION)) {
            return new Request.CloseSession();
        }
        return switch ((int) random.below(9)) {
            case 0, 1 -> new Request.Create(path, "e", Kind.EPHEMERAL, random.oneIn(2));
            case 2 -> new Request.Create("/e-", "s", Kind.EPHEMERAL_SEQUENTIAL, random.oneIn(2));
            case 3 -> new Request.Delete(path, Request.ANY);
            case 4 -> new Request.Create(path + "/below", "b", Kind.PERSISTENT, false);
            case 5 -> new Request.GetEphemerals(random.oneIn(2) ? "/" : path);
            case 6 -> new Request.SetData(path, "changed", known.version(path));
            case 7 -> new Request.GetChildren("/", false);
            default -> new Request.GetData(path, false);
        };
    }
}
