package io.quorate.app.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * How much chaos, from system properties.
 *
 * @param servers 3 or 5
 * @param seconds of faults; starting and judging come on top
 * @param seed of the faults and of what clients ask for; time and threads are not repeatable
 * @param faults that may happen: all of them, unless somebody looks for the cause of something
 */
record ChaosOptions(int servers, int seconds, long seed, List<Fault> faults) {

    private static final int DEFAULT_SERVERS = 3;
    private static final double DEFAULT_MINUTES = 2;
    private static final int SECONDS_PER_MINUTE = 60;

    ChaosOptions {
        if (servers != 3 && servers != 5) {
            throw new IllegalArgumentException("-Dchaos.servers=" + servers + " must be 3 or 5");
        }
        if (seconds < 1) {
            throw new IllegalArgumentException("-Dchaos.minutes must leave a second at least");
        }
    }

    /**
     * Reads {@code chaos.servers}, {@code chaos.minutes}, {@code chaos.seed} and {@code chaos.faults}, names of
     * {@link Fault} with commas between them; without a seed, any.
     */
    static ChaosOptions fromProperties() {
        double minutes = Double.parseDouble(System.getProperty("chaos.minutes", Double.toString(DEFAULT_MINUTES)));
        return new ChaosOptions(
                Integer.getInteger("chaos.servers", DEFAULT_SERVERS),
                (int) (minutes * SECONDS_PER_MINUTE),
                Long.getLong("chaos.seed", new Random().nextInt(1_000_000)),
                faults(System.getProperty("chaos.faults", "")));
    }

    private static List<Fault> faults(String names) {
        return names.isBlank()
                ? List.of(Fault.values())
                : Arrays.stream(names.split(","))
                        .map(String::strip)
                        .map(Fault::valueOf)
                        .toList();
    }

    String command() {
        return "-Dchaos.servers=" + servers + " -Dchaos.minutes=" + (double) seconds / SECONDS_PER_MINUTE
                + " -Dchaos.seed=" + seed
                + (faults.size() == Fault.values().length
                        ? ""
                        : " -Dchaos.faults=" + faults.stream().map(Fault::name).collect(Collectors.joining(",")));
    }
}
