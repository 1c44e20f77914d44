package io.quorate.app.compare;

import io.quorate.runtime.bench.LoadGenerator;
import io.quorate.runtime.bench.LoadOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * A member comes back that has missed much, or has lost everything, while clients of the others write. Its process has
 * the lowest priority: on a machine of its own it would take no processor time from the others.
 */
final class CatchUp {

    private static final int WRITERS = 2;
    private static final int WRITES = 300;
    private static final long REST_NANOS = 10_000_000_000L;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final byte[] VALUE = "0123456789".repeat(10).getBytes(StandardCharsets.US_ASCII);

    private final Path directory;
    private final PrintStream out;

    /** @param directory on the disk that the servers use */
    CatchUp(Path directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
    }

    /** How a member comes back. */
    @FunctionalInterface
    private interface Return {
        /** @return nanoseconds until it opened a session */
        long nanos() throws IOException;
    }

    /**
     * A follower is away for so many transactions, each the creation of a node: once its process stands still, once it
     * has ended. What that costs the others is to be seen beside what they suffer when nobody comes back, and when a
     * process starts that has missed nothing but what is written meanwhile.
     */
    void missedTransactions(Deployment deployment, int transactions) throws IOException {
        ServerProcess absent = deployment.follower();
        comesBack(deployment, absent, CatchUp::rest, "nobody away for a while");
        absent.halt();
        fill(deployment.leader().address(), transactions);
        comesBack(deployment, absent, absent::goOn, transactions + " transactions missed while standing still");
        absent.stop();
        comesBack(deployment, absent, absent::startAside, "ended and started, nothing missed");
        absent.stop();
        fill(deployment.leader().address(), transactions);
        comesBack(
                deployment, absent, absent::startAside, "ended and started, " + transactions + " transactions missed");
    }

    private static long rest() {
        LockSupport.parkNanos(REST_NANOS);
        return REST_NANOS;
    }

    /** A follower loses its data and is sent a tree of so many nodes, so many times. */
    void lostData(Deployment deployment, int nodes, int times) throws IOException {
        fill(deployment.leader().address(), nodes);
        ServerProcess emptied = deployment.follower();
        double[] gapMillis = new double[times];
        for (int i = 0; i < times; i++) {
            emptied.stop();
            emptied.wipe();
            gapMillis[i] = comesBack(
                    deployment,
                    emptied,
                    emptied::startAside,
                    "emptied and started, with " + nodes + " nodes on the others");
        }
        Arrays.sort(gapMillis);
        out.printf(
                Locale.ROOT,
                "%-10s emptied and started %d times: median of the longest gaps %.0f ms (%.0f to %.0f)%n",
                deployment.label(),
                times,
                gapMillis[times / 2],
                gapMillis[0],
                gapMillis[times - 1]);
    }

    private static void fill(InetSocketAddress server, int nodes) throws IOException {
        LoadGenerator generator = new LoadGenerator(List.of(server), LoadOptions.DEFAULTS);
        generator.fill(nodes);
        generator.closeAndKeep();
    }

    /** @return the longest gap in milliseconds */
    private double comesBack(Deployment deployment, ServerProcess absent, Return comeBack, String what)
            throws IOException {
        List<InetSocketAddress> present = deployment.servers().stream()
                .filter(server -> server != absent)
                .map(ServerProcess::address)
                .toList();
        SteadyWriters.Gaps gaps;
        MachineStalls.Longest machine;
        double seconds;
        try (SteadyWriters writers = new SteadyWriters(
                WRITERS, writer -> new PromptSession(present, writer, "/catch-up-" + writer, VALUE))) {
            MachineStalls stalls = new MachineStalls(directory.resolve("probe"));
            writers.awaitMore(WRITES);
            seconds = comeBack.nanos() / NANOS_PER_SECOND;
            writers.awaitMore(WRITES);
            gaps = writers.finish();
            machine = stalls.finish();
        }
        double gapMillis = gaps.anyNanos() / NANOS_PER_MILLI;
        out.printf(
                Locale.ROOT,
                "%-10s %s: serves after %.1f s; meanwhile the longest gap of writes was %.0f ms, until %s; of the"
                        + " machine alone: woken late by %.0f ms, forced 512 bytes in %.0f ms%n",
                deployment.label(),
                what,
                seconds,
                gapMillis,
                gaps.anyEnded(),
                machine.lateNanos() / NANOS_PER_MILLI,
                machine.forceNanos() / NANOS_PER_MILLI);
        return gapMillis;
    }
}
