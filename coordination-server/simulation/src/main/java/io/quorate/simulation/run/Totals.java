package io.quorate.simulation.run;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What happened in many runs, summed up. Not for several threads at a time. */
final class Totals {

    private static final double NANOS_PER_SECOND = 1e9;

    private final EnumMap<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<String, Long> shapes = new TreeMap<>();
    private long runs;
    private long answered;
    private long unknown;
    private long committed;
    private long crashes;

    void add(SimulationResult result) {
        runs++;
        answered += result.answered();
        unknown += result.unknown();
        committed += result.committed();
        crashes += result.crashes();
        shapes.merge(result.shape().toString(), 1L, Long::sum);
        for (Map.Entry<Fault, Integer> entry : result.faults().entrySet()) {
            faults.merge(entry.getKey(), (long) entry.getValue(), Long::sum);
        }
    }

    String progress(long nanos) {
        return String.format(Locale.ROOT, "%d seeds, %.1f per second", runs, runs / (nanos / NANOS_PER_SECOND));
    }

    List<String> lines(long nanos) {
        double seconds = nanos / NANOS_PER_SECOND;
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%d seeds in %.1f s, %.1f per second: %d requests answered, %d of unknown fate,"
                                + " %d transactions, %d crashes with restart",
                        runs,
                        seconds,
                        runs / seconds,
                        answered,
                        unknown,
                        committed,
                        crashes),
                "runs by voters+observers: " + shapes,
                "faults: " + faults.values().stream().mapToLong(Long::longValue).sum() + " " + faults);
    }
}
