package io.quorate.simulation.run;

import io.quorate.simulation.server.Wiring;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simulation's command line. {@code --seeds=from..to} runs many seeds, both ends included, and stops at the first
 * violation with exit code 1; {@code --seed=N} replays one with a readable trace.
 */
public final class SimulationMain {

    private static final int VIOLATED = 1;
    private static final int MISUSED = 2;
    private static final double NANOS_PER_SECOND = 1e9;

    private final EnumMap<Fault, Long> faults = new EnumMap<>(Fault.class);
    private long seeds;
    private long operations;
    private long unknown;
    private long committed;
    private long crashes;

    private SimulationMain() {}

    public static void main(String[] arguments) {
        int code = MISUSED;
        try {
            code = new SimulationMain().run(arguments);
        } catch (IllegalArgumentException misuse) {
            System.err.println(misuse.getMessage());
            System.err.println("usage: --seeds=<from>..<to>   run these seeds");
            System.err.println("       --seed=<number>        replay one seed with a trace");
        }
        if (code != 0) {
            System.exit(code);
        }
    }

    private int run(String[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one argument, got " + arguments.length);
        }
        String argument = arguments[0];
        if (argument.startsWith("--seed=")) {
            return runAll(number(argument.substring("--seed=".length())), 1, System.out::println);
        }
        if (argument.startsWith("--seeds=")) {
            String[] ends = argument.substring("--seeds=".length()).split("\\.\\.", -1);
            if (ends.length == 2 && number(ends[0]) <= number(ends[1])) {
                return runAll(number(ends[0]), number(ends[1]) - number(ends[0]) + 1, null);
            }
        }
        throw new IllegalArgumentException("cannot make sense of " + argument);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("not a seed: " + text, malformed);
        }
    }

    private int runAll(long first, long count, @Nullable Consumer<String> lines) {
        long began = System.nanoTime();
        for (long seed = first; seed < first + count; seed++) {
            SimulationResult result = Simulation.run(seed, Wiring.STRAIGHT, lines);
            add(result);
            RuntimeException violation = result.violation();
            if (violation != null) {
                print(System.nanoTime() - began);
                System.out.println("VIOLATION in seed " + seed + ": " + violation);
                violation.printStackTrace(System.out);
                System.out.println("replay: " + SimulationMain.class.getName() + " --seed=" + seed);
                return VIOLATED;
            }
        }
        print(System.nanoTime() - began);
        return 0;
    }

    private void add(SimulationResult result) {
        seeds++;
        operations += result.answered();
        unknown += result.unknown();
        committed += result.committed();
        crashes += Math.max(0, result.starts() - 1);
        for (Map.Entry<Fault, Integer> entry : result.faults().entrySet()) {
            faults.merge(entry.getKey(), (long) entry.getValue(), Long::sum);
        }
    }

    private void print(long nanos) {
        double seconds = nanos / NANOS_PER_SECOND;
        System.out.printf(
                "%d seeds in %.1f s, %.1f per second: %d requests answered, %d of unknown fate, %d transactions,"
                        + " %d crashes with restart%n",
                seeds, seconds, seeds / seconds, operations, unknown, committed, crashes);
        System.out.println("faults: " + faults);
    }
}
