package io.quorate.app.cli.bench;

import io.quorate.runtime.bench.LoadResult;
import io.quorate.runtime.bench.Workload;
import io.quorate.runtime.metrics.LatencyHistogram;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been measured, by workload and target, and how it is printed. */
public final class BenchTable {

    private static final String HEAD = "%-9s %-12s %12s %9s %9s %9s %9s %7s%n";
    private static final String LINE = "%-9s %-12s %12.0f %9.2f %9.2f %9.2f %9.2f %7d%n";
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;
    private static final double P999 = 0.999;
    private static final double MICROS_PER_MILLI = 1000;

    private final List<BenchTarget> targets;
    private final Map<Workload, Map<BenchTarget, List<LoadResult>>> results = new EnumMap<>(Workload.class);

    public BenchTable(List<BenchTarget> targets) {
        this.targets = targets;
    }

    public void add(Workload workload, BenchTarget target, LoadResult result) {
        results.computeIfAbsent(workload, absent -> new LinkedHashMap<>())
                .computeIfAbsent(target, absent -> new ArrayList<>())
                .add(result);
    }

    /** One line per workload and target, of the round with the median rate, then how the targets compare. */
    public void print(PrintStream out) {
        out.printf(HEAD, "workload", "target", "per second", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "errors");
        results.forEach((workload, byTarget) ->
                byTarget.forEach((target, rounds) -> printLine(out, workload, target, median(rounds))));
        if (targets.size() > 1) {
            printRatios(out);
        }
    }

    private static void printLine(PrintStream out, Workload workload, BenchTarget target, LoadResult result) {
        LatencyHistogram latencies = result.latencies();
        out.printf(
                LINE,
                workload.label(),
                target.name(),
                result.perSecond(),
                latencies.percentileMicros(MEDIAN) / MICROS_PER_MILLI,
                latencies.percentileMicros(P99) / MICROS_PER_MILLI,
                latencies.percentileMicros(P999) / MICROS_PER_MILLI,
                latencies.maxMicros() / MICROS_PER_MILLI,
                result.errors());
    }

    private void printRatios(PrintStream out) {
        BenchTarget base = targets.get(targets.size() - 1);
        results.forEach((workload, byTarget) -> {
            LoadResult reference = median(byTarget.get(base));
            for (BenchTarget target : targets.subList(0, targets.size() - 1)) {
                LoadResult result = median(byTarget.get(target));
                out.printf(
                        "%-9s %s / %s: throughput %.2f, p99 %.2f%n",
                        workload.label(),
                        target.name(),
                        base.name(),
                        result.perSecond() / reference.perSecond(),
                        (double) result.latencies().percentileMicros(P99)
                                / Math.max(1, reference.latencies().percentileMicros(P99)));
            }
        });
    }

    private static LoadResult median(List<LoadResult> rounds) {
        List<LoadResult> sorted = new ArrayList<>(rounds);
        sorted.sort(Comparator.comparingDouble(LoadResult::perSecond));
        return sorted.get(sorted.size() / 2);
    }
}
