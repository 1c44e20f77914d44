package io.quorate.app.cli.bench;

import io.quorate.runtime.bench.LoadOptions;
import io.quorate.runtime.bench.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line says.
 *
 * @param targets at least one; ratios are to the last
 * @param workloads in the order in which they run
 * @param rounds how often everything is measured, target after target; the median counts
 */
public record BenchArguments(List<BenchTarget> targets, List<Workload> workloads, LoadOptions load, int rounds) {

    public static final String USAGE = """
            usage: bench [option...]
              --servers=host:port[,host:port...]     server or ensemble to measure (127.0.0.1:2181)
              --label=name=host:port[,host:port...]  the same with a name; several times to compare:
                                                     ratios are to the last
              --workloads=set,create,get,mix,sessions
                                                     what to run; mix is 90 % get and 10 % set
              --connections=30                       connections at a time
              --in-flight=32                         requests under way per connection
              --value-bytes=100                      data of a node
              --keys=1000                            nodes that set, get and mix work on
              --warm-up=5                            seconds before each measurement
              --measure=10                           seconds of each measurement
              --rate=0                               requests per second, for latencies at a load that the server holds;
                                                     0 is as many as it answers
              --rounds=1                             how often; medians are printed
            All nodes are created below one of its own and removed at the end.
            """;

    private static final String SERVERS = "servers";
    private static final String LABEL = "label";
    private static final int MILLIS = 1000;

    /** @throws IllegalArgumentException when an option is unknown or has a value that it cannot have */
    public static BenchArguments parse(List<String> args) {
        List<BenchTarget> targets = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("\"" + arg + "\" is not an option of the form --name=value");
            }
            String name = arg.substring(2, equals);
            String value = arg.substring(equals + 1);
            if (name.equals(SERVERS) || name.equals(LABEL)) {
                targets.add(BenchTarget.parse(value));
            } else if (values.put(name, value) != null) {
                throw new IllegalArgumentException("--" + name + " is given twice");
            }
        }
        if (targets.isEmpty()) {
            targets.add(BenchTarget.parse("127.0.0.1"));
        }
        BenchArguments arguments =
                new BenchArguments(List.copyOf(targets), workloads(values), load(values), number(values, "rounds", 1));
        if (!values.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no option --" + values.keySet().iterator().next());
        }
        if (arguments.rounds < 1) {
            throw new IllegalArgumentException("rounds is " + arguments.rounds + " but must be at least 1");
        }
        return arguments;
    }

    private static List<Workload> workloads(Map<String, String> values) {
        String list = values.remove("workloads");
        if (list == null) {
            return List.of(Workload.values());
        }
        List<Workload> workloads = new ArrayList<>();
        for (String label : list.split(",")) {
            workloads.add(Workload.of(label.trim()));
        }
        return List.copyOf(workloads);
    }

    private static LoadOptions load(Map<String, String> values) {
        LoadOptions defaults = LoadOptions.DEFAULTS;
        return new LoadOptions(
                number(values, "connections", defaults.connections()),
                number(values, "in-flight", defaults.inFlight()),
                number(values, "value-bytes", defaults.valueBytes()),
                number(values, "keys", defaults.keys()),
                millis(values, "warm-up", defaults.warmUpMillis()),
                millis(values, "measure", defaults.measureMillis()),
                number(values, "rate", defaults.ratePerSecond()));
    }

    private static int millis(Map<String, String> values, String name, int defaultMillis) {
        return Math.multiplyExact(number(values, name, defaultMillis / MILLIS), MILLIS);
    }

    private static int number(Map<String, String> values, String name, int defaultValue) {
        String value = values.remove(name);
        if (value == null) {
            return defaultValue;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException invalid) {
            throw new IllegalArgumentException("--" + name + "=" + value + " is not a whole number", invalid);
        }
    }
}
