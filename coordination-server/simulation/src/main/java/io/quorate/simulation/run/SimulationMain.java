package io.quorate.simulation.run;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simulation's command line. {@code --seeds=from..to} runs many seeds, both ends included, and stops at the first
 * violation with exit code 1; {@code --seed=N} replays one with a readable trace. {@code --standalone} and
 * {@code --ensembles} leave the kind of run not to the seed: a seed means another run then. {@code --threads=N} says
 * how many runs go on at a time, one for each processor otherwise.
 */
public final class SimulationMain {

    private static final int VIOLATED = 1;
    private static final int MISUSED = 2;

    private Kind kind = Kind.ANY;
    private @Nullable Long firstSeed;
    private long lastSeed;
    private boolean readable;
    private int threads = Runtime.getRuntime().availableProcessors();

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
            System.err.println("       --threads=<number>     runs at a time");
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
        Consumer<String> trace = readable ? System.out::println : null;
        Campaign campaign = new Campaign(kind, first, lastSeed, trace, System.out::println);
        SimulationResult violated = campaign.run(threads);
        campaign.summary().forEach(System.out::println);
        RuntimeException violation = violated == null ? null : violated.violation();
        if (violation == null) {
            return 0;
        }
        System.out.println("VIOLATION in seed " + violated.seed() + ": " + violation);
        violation.printStackTrace(System.out);
        System.out.println("replay: " + replay(violated.seed(), kind));
        return VIOLATED;
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
        } else if (parts[0].equals("--threads") && ends.length == 1 && number(ends[0]) >= 1) {
            threads = Math.toIntExact(number(ends[0]));
        } else {
            throw new IllegalArgumentException("cannot make sense of " + argument);
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("not a number: " + text, malformed);
        }
    }

    /** What to run to see a seed again. */
    static String replay(long seed, Kind kind) {
        return (SimulationMain.class.getName() + " --seed=" + seed + " " + kind.option()).strip();
    }
}
