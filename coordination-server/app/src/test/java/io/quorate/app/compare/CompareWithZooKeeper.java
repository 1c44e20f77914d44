package io.quorate.app.compare;

import io.quorate.app.cli.bench.BenchArguments;
import io.quorate.app.cli.bench.BenchCommand;
import io.quorate.runtime.bench.LoadGenerator;
import io.quorate.runtime.bench.LoadOptions;
import io.quorate.runtime.bench.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Runs both servers side by side and prints how they compare. Absolute figures move with the machine; ratios less so.
 */
final class CompareWithZooKeeper {

    private static final double NANOS_PER_SECOND = 1e9;

    private final CompareOptions options;
    private final Path directory;
    private final PrintStream out;

    private CompareWithZooKeeper(CompareOptions options, Path directory, PrintStream out) {
        this.options = options;
        this.directory = directory;
        this.out = out;
    }

    /** {@code [--rounds=n] [--warm-up=seconds] [--measure=seconds] [--rate=perSecond] [--nodes=n]} */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "compare")
                .toAbsolutePath();
        PrintStream console = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
        console.println("Data and logs of both servers: " + directory);
        new CompareWithZooKeeper(CompareOptions.parse(args), directory, console).run();
    }

    private void run() throws IOException {
        try (ServerProcess ours = new ServerProcess(ServerProgram.QUORATE, directory.resolve("load-quorate"));
                ServerProcess theirs =
                        new ServerProcess(ServerProgram.ZOOKEEPER, directory.resolve("load-zookeeper"))) {
            ours.start();
            theirs.start();
            out.println("Throughput, as fast as answers come:");
            measure(ours, theirs, List.of(Workload.values()), 0);
            if (options.rate() > 0) {
                out.printf("Latency at %d requests per second:%n", options.rate());
                measure(ours, theirs, List.of(Workload.SET, Workload.MIX), options.rate());
            }
        }
        if (options.nodes() > 0) {
            memoryAndStart();
        }
    }

    private void measure(ServerProcess ours, ServerProcess theirs, List<Workload> workloads, int rate)
            throws IOException {
        LoadOptions defaults = LoadOptions.DEFAULTS;
        LoadOptions load = new LoadOptions(
                defaults.connections(),
                defaults.inFlight(),
                defaults.valueBytes(),
                defaults.keys(),
                options.warmUp() * 1000,
                options.measure() * 1000,
                rate);
        BenchCommand.measure(
                        new BenchArguments(List.of(ours.target(), theirs.target()), workloads, load, options.rounds()),
                        out)
                .print(out);
    }

    private record Footprint(double bytesPerNode, double startSeconds) {}

    private void memoryAndStart() throws IOException {
        out.printf("Heap and start, %d nodes with 100 bytes of data:%n", options.nodes());
        Footprint ours = footprint(ServerProgram.QUORATE);
        Footprint theirs = footprint(ServerProgram.ZOOKEEPER);
        out.printf(
                Locale.ROOT,
                "heap per node, quorate / zookeeper: %.0f / %.0f bytes = %.2f%n",
                ours.bytesPerNode,
                theirs.bytesPerNode,
                ours.bytesPerNode / theirs.bytesPerNode);
        out.printf(
                Locale.ROOT,
                "start, quorate / zookeeper: %.2f / %.2f s = %.2f%n",
                ours.startSeconds,
                theirs.startSeconds,
                ours.startSeconds / theirs.startSeconds);
    }

    private Footprint footprint(ServerProgram program) throws IOException {
        try (ServerProcess server = new ServerProcess(program, directory.resolve("fill-" + program.label()))) {
            double emptySeconds = server.start() / NANOS_PER_SECOND;
            long before = server.liveBytes();
            LoadGenerator generator = new LoadGenerator(server.target().servers(), LoadOptions.DEFAULTS);
            double perSecond = generator.fill(options.nodes()).perSecond();
            generator.closeAndKeep();
            long after = server.liveBytes();
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < options.rounds(); i++) {
                server.stop();
                seconds.add(server.start() / NANOS_PER_SECOND);
            }
            Collections.sort(seconds);
            Footprint footprint =
                    new Footprint((double) (after - before) / options.nodes(), seconds.get(seconds.size() / 2));
            out.printf(
                    Locale.ROOT,
                    "%-10s filled at %.0f/s; live heap %d -> %d MiB; start empty %.2f s, full %s s%n",
                    program.label(),
                    perSecond,
                    before >> 20,
                    after >> 20,
                    emptySeconds,
                    seconds);
            return footprint;
        }
    }
}
