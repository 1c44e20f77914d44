package io.quorate.simulation.client;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.history.Request;
import io.quorate.simulation.history.Request.Kind;
import java.util.List;

/** Parents and children that come and go, sequential ones and containers among them. */
final class Families implements Workload {

    private static final int PARENTS = 2;

    @Override
    public Request next(Knowledge known, SimRandom random) {
        String parent = "/t" + random.below(PARENTS);
        String child = parent + (random.oneIn(2) ? "/a" : "/b");
        return switch ((int) random.below(12)) {
            case 0 -> new Request.Create(parent, "p", random.oneIn(3) ? Kind.CONTAINER : Kind.PERSISTENT, true);
            case 1, 2 -> new Request.Create(child, "c", Kind.PERSISTENT, random.oneIn(2));
            case 3, 4 -> new Request.Create(parent + "/q-", "q", Kind.SEQUENTIAL, random.oneIn(2));
            case 5 -> deleteSequential(known, child);
            case 6 -> new Request.Delete(random.oneIn(3) ? parent : child, Request.ANY);
            case 7 -> new Request.GetChildren(random.oneIn(4) ? "/" : parent, false);
            case 8 -> new Request.CountDescendants(random.oneIn(2) ? "/" : parent);
            case 9 ->
                new Request.MultiRead(List.of(
                        new Request.GetData(child, false),
                        new Request.GetChildren(parent, false),
                        new Request.GetData(parent, false)));
            case 10 -> oddPath(parent, random);
            default -> new Request.Exists(child, false);
        };
    }

    private static Request deleteSequential(Knowledge known, String otherwise) {
        String path = known.oldestSequential();
        return new Request.Delete(path == null ? otherwise : path, Request.ANY);
    }

    private static Request oddPath(String parent, SimRandom random) {
        return switch ((int) random.below(4)) {
            case 0 -> new Request.Create(parent + "/", "x", Kind.PERSISTENT, false);
            case 1 -> new Request.Create(parent + "/..", "x", Kind.PERSISTENT, false);
            case 2 -> new Request.SetData("no-slash", "x", Request.ANY);
            default -> new Request.Delete("/zookeeper", Request.ANY);
        };
    }
}
