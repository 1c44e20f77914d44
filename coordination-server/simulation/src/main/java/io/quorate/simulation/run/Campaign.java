package io.quorate.simulation.run;

import io.quorate.simulation.server.Wiring;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a range of seeds, on several threads: no run shares anything with another. It ends at the first
 * violation, after the runs that have begun.
 */
final class Campaign {

    private static final long PROGRESS_NANOS = 10_000_000_000L;

    private final Kind kind;
    private final long lastSeed;
    /** Where a run tells what happens in it; null for no telling. */
    private final @Nullable Consumer<String> trace;

    private final Consumer<String> progress;
    private final long beganNanos = System.nanoTime();
    /** Guarded by this, like all that follows. */
    private final Totals totals = new Totals();

    private long nextSeed;
    private long toldNanos = beganNanos;
    /** The one of the lowest seed; null when all is well. */
    private @Nullable SimulationResult violated;

    Campaign(Kind kind, long firstSeed, long lastSeed, @Nullable Consumer<String> trace, Consumer<String> progress) {
        this.kind = kind;
        this.nextSeed = firstSeed;
        this.lastSeed = lastSeed;
        this.trace = trace;
        this.progress = progress;
    }

    /** @return the run in which a property did not hold, null when all is well */
    @Nullable
    SimulationResult run(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Callable<Boolean> runs = this::runOneAfterTheOther;
            List<Future<Boolean>> done = pool.invokeAll(Collections.nCopies(threads, runs));
            for (Future<Boolean> one : done) {
                one.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the simulation itself has failed", failed.getCause());
        } finally {
            pool.shutdownNow();
        }
        synchronized (this) {
            return violated;
        }
    }

    private boolean runOneAfterTheOther() {
        Long seed = next();
        while (seed != null) {
            end(Simulation.run(seed, kind, id -> Wiring.STRAIGHT, trace));
            seed = next();
        }
        return true;
    }

    private synchronized @Nullable Long next() {
        return violated != null || nextSeed > lastSeed ? null : nextSeed++;
    }

    private synchronized void end(SimulationResult result) {
        totals.add(result);
        if (result.violation() != null && (violated == null || result.seed() < violated.seed())) {
            violated = result;
        }
        long now = System.nanoTime();
        if (now - toldNanos > PROGRESS_NANOS) {
            toldNanos = now;
            progress.accept(totals.progress(now - beganNanos));
        }
    }

    synchronized List<String> summary() {
        return totals.lines(System.nanoTime() - beganNanos);
    }
}
