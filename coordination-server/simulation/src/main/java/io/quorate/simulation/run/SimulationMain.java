package io.quorate.simulation.run;

import io.quorate.simulation.server.Wiring;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simulation's command line. {@code --seeds=from..to} runs many seeds, both ends included, and stops at the first
 * violation with exit code 1; {@code --seed=N} replays one with a readable trace. {@code --standalone} and
 * {@code --ensembles} leave the kind of run not to the seed: a seed means another run then.
 */
public final class SimulationMain {

    private static final int VIOLATED = 1;
    private static final int MISUSED = 2;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long PROGRESS_NANOS = 10_000_000_000L;

    private final EnumMap<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<String, Long> shapes = new TreeMap<>();
    private Kind kind = Kind.ANY;
    private @Nullable Long firstSeed;
    private long lastSeed;
    private boolean readable;
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
            System.err.println("       --standalone           only runs of a server without peers");
            System.err.println("       --ensembles            only runs of ensembles");
        }
        if (code != 0) {
            System.exit(code);
        }
    }

    private int run(String[] arguments) {
        for (String argument : arguments) {
            take(argument);
        }
        Long first = firstSeed;
        if (first == null) {
            throw new IllegalArgumentException("which seeds?");
        }
        return runAll(first, lastSeed);
    }

    private void take(String argument) {
        for (Kind known : Kind.values()) {
            if (argument.equals(known.option())) {
                kind = known;
                return;
            }
        }
        String[] parts = argument.split("=", 2);
        String[] ends = parts.length == 2 ? parts[1].split("\\.\\.", -1) : new String[0];
        if (parts[0].equals("--seed") && ends.length == 1) {
            firstSeed = number(ends[0]);
            lastSeed = number(ends[0]);
            readable = true;
        } else if (parts[0].equals("--seeds") && ends.length == 2 && number(ends[0]) <= number(ends[1])) {
            firstSeed = number(ends[0]);
            lastSeed = number(ends[1]);
        } else {
            throw new IllegalArgumentException("cannot make sense of " + argument);
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("not a seed: " + text, malformed);
        }
    }

    private int runAll(long first, long last) {
        Consumer<String> lines = readable ? System.out::println : null;
        long began = System.nanoTime();
        long toldNanos = began;
        for (long seed = first; seed <= last; seed++) {
            SimulationResult result = Simulation.run(seed, kind, id -> Wiring.STRAIGHT, lines);
            add(result);
            RuntimeException violation = result.violation();
            if (violation != null) {
                print(System.nanoTime() - began);
                System.out.println("VIOLATION in seed " + seed + ": " + violation);
                violation.printStackTrace(System.out);
                System.out.println("replay: " + replay(seed, kind));
                return VIOLATED;
            }
            long now = System.nanoTime();
            if (now - toldNanos > PROGRESS_NANOS) {
                toldNanos = now;
                System.out.printf("seed %d, %.1f per second%n", seed, seeds / ((now - began) / NANOS_PER_SECOND));
            }
        }
        print(System.nanoTime() - began);
        return 0;
    }

    /** What to run to see a seed again. */
    static String replay(long seed, Kind kind) {
        return (SimulationMain.class.getName() + " --seed=" + seed + " " + kind.option()).strip();
    }

    private void add(SimulationResult result) {
        seeds++;
        operations += result.answered();
        unknown += result.unknown();
        committed += result.committed();
        crashes += result.crashes();
        shapes.merge(result.shape().toString(), 1L, Long::sum);
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
        System.out.println("runs by voters+observers: " + shapes);
        System.out.println("faults: " + faults);
    }
}
