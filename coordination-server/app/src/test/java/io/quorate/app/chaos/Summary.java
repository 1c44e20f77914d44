package io.quorate.app.chaos;

import io.quorate.simulation.linearizability.Operation.Status;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a campaign was, in words and numbers. */
final class Summary {

    private static final Pattern TERM = Pattern.compile("Epoch (\\d+) stands here");
    private static final Pattern REFUSED = Pattern.compile("Writes are refused: ");
    private static final Pattern TAKEN_OVER = Pattern.compile("was taken over from");

    private final StringBuilder text = new StringBuilder();

    Summary(ChaosOptions options, long nanos) {
        line("Chaos: %d servers, %.1f minutes of faults, seed %d", options.servers(), nanos / 60e9, options.seed());
    }

    void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    void operations(Ledger ledger) {
        Map<Status, Integer> outcomes = ledger.outcomes();
        int all = outcomes.values().stream().mapToInt(Integer::intValue).sum();
        int unknown = outcomes.getOrDefault(Status.UNKNOWN, 0);
        int succeeded = outcomes.getOrDefault(Status.OK, 0);
        line(
                "operations on registers: %d: %d ok, %d refused by the model's rules, %d unknown",
                all, succeeded, all - succeeded - unknown, unknown);
        line("answers and losses beside: %s", ledger.exceptions());
    }

    void faults(Map<Fault, Integer> counts, Map<String, Long> gaps) {
        line("faults, and the longest time without an acknowledged write from each until the next:");
        for (Fault fault : Fault.values()) {
            Integer count = counts.get(fault);
            line("  %-20s %4s %10s", fault, count == null ? "none" : count, seconds(gaps.get(fault.name())));
        }
        line("  %-20s %4s %10s", Nemesis.TOGETHER, "", seconds(gaps.get(Nemesis.TOGETHER)));
    }

    private static String seconds(@Nullable Long nanos) {
        return nanos == null ? "" : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    void logs(Ensemble ensemble) {
        TreeSet<Integer> epochs = new TreeSet<>();
        int refused = 0;
        int takenOver = 0;
        for (Member member : ensemble.members()) {
            String output = member.output();
            Matcher terms = TERM.matcher(output);
            while (terms.find()) {
                epochs.add(Integer.valueOf(terms.group(1)));
            }
            refused += (int) REFUSED.matcher(output).results().count();
            takenOver += (int) TAKEN_OVER.matcher(output).results().count();
        }
        line(
                "terms that stood: %d; states taken over whole: %d; times a disk was found full: %d",
                epochs.size(), takenOver, refused);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
