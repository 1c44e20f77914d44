package io.quorate.app.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the comparison is told on its command line, as {@code --name=value}.
 *
 * @param servers in each of the two ensembles; 1 for servers that stand alone
 * @param rounds of the throughput part, starts that are timed, and members that are sent everything; medians count
 * @param warmUp seconds before each measurement
 * @param measure seconds of each measurement of throughput and latency; 0 leaves both out
 * @param rate requests per second of the latency part, one that both servers hold; 0 leaves it out
 * @param nodes in the tree of the heap and start part, where servers stand alone; 0 leaves it out
 * @param kills of a leader, and as many of a follower, by which the gap in the writes is measured; 0 leaves them out
 * @param behind transactions that a member misses before it catches up; 0 leaves it out
 * @param image nodes in the tree that an emptied member is sent; 0 leaves it out
 */
record CompareOptions(
        int servers, int rounds, int warmUp, int measure, int rate, int nodes, int kills, int behind, int image) {

    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("servers", 3);
        DEFAULTS.put("rounds", 3);
        DEFAULTS.put("warm-up", 5);
        DEFAULTS.put("measure", 10);
        DEFAULTS.put("rate", 4000);
        DEFAULTS.put("nodes", 1_000_000);
        DEFAULTS.put("kills", 10);
        DEFAULTS.put("behind", 1_000_000);
        DEFAULTS.put("image", 1_000_000);
    }

    static CompareOptions parse(String[] args) {
        Map<String, Integer> values = new LinkedHashMap<>(DEFAULTS);
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0 || !DEFAULTS.containsKey(arg.substring(2, equals))) {
                throw new IllegalArgumentException(
                        "\"" + arg + "\" is none of --<name>=<number> with a name of " + DEFAULTS.keySet());
            }
            values.put(arg.substring(2, equals), Integer.parseInt(arg.substring(equals + 1)));
        }
        CompareOptions options = new CompareOptions(
                values.get("servers"),
                values.get("rounds"),
                values.get("warm-up"),
                values.get("measure"),
                values.get("rate"),
                values.get("nodes"),
                values.get("kills"),
                values.get("behind"),
                values.get("image"));
        if (options.servers < 3 && options.kills + options.behind + options.image > 0) {
            throw new IllegalArgumentException(
                    "without a quorum to spare nothing can be killed: --kills=0 --behind=0 --image=0, or --servers=3");
        }
        return options;
    }
}
