package io.quorate.app.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the comparison is told on its command line, as {@code --name=value}.
 *
 * @param rounds of the throughput part, and starts that are timed; medians count
 * @param warmUp seconds before each measurement
 * @param measure seconds of each measurement
 * @param rate requests per second of the latency part, one that both servers hold; 0 leaves it out
 * @param nodes in the tree of the heap and start part; 0 leaves it out
 */
record CompareOptions(int rounds, int warmUp, int measure, int rate, int nodes) {

    private static final int DEFAULT_ROUNDS = 3;
    private static final int DEFAULT_WARM_UP = 5;
    private static final int DEFAULT_MEASURE = 10;
    private static final int DEFAULT_RATE = 4000;
    private static final int DEFAULT_NODES = 1_000_000;

    static CompareOptions parse(String[] args) {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException(
                        "\"" + arg + "\" is none of --rounds=, --warm-up=, --measure=, --rate=, --nodes=");
            }
            values.put(arg.substring(2, equals), Integer.parseInt(arg.substring(equals + 1)));
        }
        return new CompareOptions(
                values.getOrDefault("rounds", DEFAULT_ROUNDS),
                values.getOrDefault("warm-up", DEFAULT_WARM_UP),
                values.getOrDefault("measure", DEFAULT_MEASURE),
                values.getOrDefault("rate", DEFAULT_RATE),
                values.getOrDefault("nodes", DEFAULT_NODES));
    }
}
