package io.quorate.simulation.linearizability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges a whole history. Registers are independent, so each path is searched on its own; the first that cannot be
 * explained decides. Every register begins as a node that does not exist.
 */
public final class LinearizabilityChecker {

    /** Of one search. A history of unique values needs a few dozen. */
    private static final int MAX_CONFIGURATIONS = 200_000;

    private final int maxConfigurations;

    public LinearizabilityChecker() {
        this(MAX_CONFIGURATIONS);
    }

    /** @param maxConfigurations alive at once before a path is given up */
    LinearizabilityChecker(int maxConfigurations) {
        this.maxConfigurations = maxConfigurations;
    }

    /** Judges operations in any order. */
    public Verdict check(List<Operation> operations) {
        Map<String, List<Operation>> byPath = new LinkedHashMap<>();
        for (Operation operation : operations) {
            byPath.computeIfAbsent(operation.path(), path -> new ArrayList<>()).add(operation);
        }
        Verdict undecided = null;
        int widest = 0;
        for (Map.Entry<String, List<Operation>> path : byPath.entrySet()) {
            Verdict verdict = new PathSearch(path.getKey(), path.getValue(), maxConfigurations).run();
            if (verdict instanceof Verdict.NotLinearizable) {
                return verdict;
            } else if (verdict instanceof Verdict.Linearizable fine) {
                widest = Math.max(widest, fine.widest());
            } else {
                undecided = verdict;
            }
        }
        return undecided == null ? new Verdict.Linearizable(operations.size(), byPath.size(), widest) : undecided;
    }
}
