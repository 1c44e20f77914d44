package io.quorate.simulation.linearizability;

import io.quorate.simulation.linearizability.Operation.Call;
import io.quorate.simulation.linearizability.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Builds histories by hand, on one path unless told otherwise. */
final class Script {

    private final List<Operation> operations = new ArrayList<>();
    private String path = "/r";

    Script on(String newPath) {
        path = newPath;
        return this;
    }

    /** A client's operation from one moment to another. */
    Script op(int client, long from, long to, Call call, Outcome outcome) {
        operations.add(new Operation(client, path, call, outcome, from, to));
        return this;
    }

    Script lost(int client, long from, Call call) {
        return op(client, from, Operation.NEVER, call, Outcome.UNKNOWN);
    }

    Verdict judge() {
        return new LinearizabilityChecker().check(operations);
    }
}
