package io.quorate.app.cli.bench;

import io.quorate.runtime.bench.BenchFailure;
import io.quorate.runtime.bench.LoadGenerator;
import io.quorate.runtime.bench.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Measures servers, and compares them in one run: each workload on each target in turn, round after round. */
public final class BenchCommand {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private BenchCommand() {}

    /** @return the exit code: 0 when everything was measured, 1 when a server failed, 2 when the arguments are wrong */
    public static int run(String[] args, PrintStream out) {
        if (args.length == 1 && args[0].equals("--help")) {
            out.print(BenchArguments.USAGE);
            return OK;
        }
        BenchArguments arguments;
        try {
            arguments = BenchArguments.parse(args);
        } catch (IllegalArgumentException wrong) {
            out.println("bench: " + wrong.getMessage());
            out.print(BenchArguments.USAGE);
            return USAGE;
        }
        try {
            measure(arguments, out).print(out);
            return OK;
        } catch (BenchFailure | IOException | UncheckedIOException failed) {
            out.println("bench: " + failed.getMessage());
            return FAILED;
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
