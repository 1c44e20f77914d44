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

    /** Takes what {@link CompareOptions} describes. */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "compare")
                .toAbsolutePath();
        PrintStream console = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
        console.println("Data and logs of both servers: " + directory);
        new CompareWithZooKeeper(CompareOptions.parse(args), directory, console).run();
    }

    private void run() throws IOException {
        if (options.measure() > 0 || options.kills() > 0) {
            try (Deployment ours = new Deployment(ServerProgram.QUORATE, directory.resolve("load"), options.servers());
                    Deployment theirs =
                            new Deployment(ServerProgram.ZOOKEEPER, directory.resolve("load"), options.servers())) {
                ours.start();
                theirs.start();
                throughputAndLatency(ours, theirs);
                failover(List.of(ours, theirs));
            }
        }
        for (ServerProgram program : ServerProgram.values()) {
            catchUp(program);
        }
        if (options.nodes() > 0) {
            memoryAndStart();
        }
    }

    private void throughputAndLatency(Deployment ours, Deployment theirs) throws IOException {
        if (options.measure() == 0) {
            return;
        }
        out.printf("Throughput, as fast as answers come, %d servers each:%n", options.servers());
        measure(ours, theirs, List.of(Workload.values()), 0);
        if (options.rate() > 0) {
            out.printf("Latency at %d requests per second:%n", options.rate());
            measure(ours, theirs, List.of(Workload.SET, Workload.MIX), options.rate());
        }
    }

    private void failover(List<Deployment> deployments) throws IOException {
        if (options.kills() == 0) {
            return;
        }
        out.printf("Gaps between acknowledged writes, %d kills each:%n", options.kills());
        Failover failover = new Failover(out);
        for (Failover.Client client : Failover.Client.values()) {
            for (Failover.Victim victim : Failover.Victim.values()) {
                failover.run(deployments, victim, client, options.kills());
            }
        }
    }

    private void catchUp(ServerProgram program) throws IOException {
        Path home = directory.resolve("catch-up");
        if (options.behind() > 0) {
            try (Deployment deployment = new Deployment(program, home.resolve("behind"), options.servers())) {
                deployment.start();
                new CatchUp(home, out).missedTransactions(deployment, options.behind());
            }
        }
        if (options.image() > 0) {
            try (Deployment deployment = new Deployment(program, home.resolve("image"), options.servers())) {
                deployment.start();
                new CatchUp(home, out).lostData(deployment, options.image(), options.rounds());
            }
        }
    }

    private void measure(Deployment ours, Deployment theirs, List<Workload> workloads, int rate) throws IOException {
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
        Path home = directory.resolve("fill-" + program.label());
        try (ServerProcess server = new ServerProcess(program, home, 0, List.of())) {
            double emptySeconds = server.start() / NANOS_PER_SECOND;
            long before = server.liveBytes();
            LoadGenerator generator = new LoadGenerator(List.of(server.address()), LoadOptions.DEFAULTS);
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
