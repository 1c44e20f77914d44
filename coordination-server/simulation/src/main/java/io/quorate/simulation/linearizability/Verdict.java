package io.quorate.simulation.linearizability;

import java.util.List;

/** What the checker found. */
public sealed interface Verdict {

    /** @param widest most configurations that were alive at once on one path */
    record Linearizable(int operations, int paths, int widest) implements Verdict {
        @Override
        public String toString() {
            return "linearizable: " + operations + " operations on " + paths + " paths";
        }
    }

    /**
     * No order fits.
     *
     * @param culprit the first operation, by the time of its return, that fits nowhere
     * @param before what the register can have been behind everything that had returned before, as text
     * @param window operations around it, the culprit among them, by the time of their invocation
     */
    record NotLinearizable(String path, Operation culprit, List<String> before, List<Operation> window)
            implements Verdict {

        /** A page of its own that shows it. */
        public String toHtml() {
            return new HistoryPicture(this).html();
        }

        @Override
        public String toString() {
            return "not linearizable: " + path + ": " + culprit + "; the register can only have been "
                    + String.join(" or ", before);
        }
    }

    /** The search gave up: neither proved nor refuted. */
    record Undecided(String path, String reason) implements Verdict {}
}
