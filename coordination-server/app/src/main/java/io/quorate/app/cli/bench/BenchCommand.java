package io.quorate.app.cli.bench;

import io.quorate.app.cli.Command;
import io.quorate.app.failure.ExitCodes;
import io.quorate.runtime.bench.BenchFailure;
import io.quorate.runtime.bench.LoadGenerator;
import io.quorate.runtime.bench.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code bench}: measures servers, and compares them in one run: each workload on each in turn, round after round. */
public final class BenchCommand implements Command {

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "[--servers=host:port] ...  measures any ZooKeeper server, or compares several; bench --help";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.equals(List.of("--help"))) {
            out.print(BenchArguments.USAGE);
            return ExitCodes.NORMAL;
        }
        BenchArguments parsed;
        try {
            parsed = BenchArguments.parse(arguments);
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            err.println("bench: " + wrong.getMessage());
            err.print(BenchArguments.USAGE);
            return ExitCodes.CONFIGURATION;
        }
        try {
            measure(parsed, err).print(out);
            return ExitCodes.NORMAL;
        } catch (BenchFailure | IOException | UncheckedIOException failed) {
            err.println("bench: " + failed.getMessage());
            return ExitCodes.FAILURE;
        }
    }

    /** Runs everything that the arguments ask for. */
    public static BenchTable measure(BenchArguments arguments, PrintStream progress) throws IOException {
        BenchTable table = new BenchTable(arguments.targets());
        for (int round = 1; round <= arguments.rounds(); round++) {
            for (Workload workload : arguments.workloads()) {
                for (BenchTarget target : arguments.targets()) {
                    progress.printf(
                            "round %d of %d: %s on %s%n", round, arguments.rounds(), workload.label(), target.name());
                    table.add(workload, target, LoadGenerator.measure(target.servers(), arguments.load(), workload));
                }
            }
        }
        return table;
    }
}
