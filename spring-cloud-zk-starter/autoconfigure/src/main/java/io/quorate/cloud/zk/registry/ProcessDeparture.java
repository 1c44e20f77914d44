package io.quorate.cloud.zk.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that consumers are given between the removal of instances and the end of their web servers. A context that
 * is closed by itself leaves by itself. When the process ends, its contexts are closed one after another, so the first
 * takes all others along: everything is removed at once, and the process waits once. Thread-safe.
 */
public final class ProcessDeparture {

    /** The one of this process: contexts that know nothing of each other end together here. */
    static final ProcessDeparture OF_PROCESS = new ProcessDeparture(ProcessDeparture::isProcessEnding);

    private static final Logger LOG = LoggerFactory.getLogger(ProcessDeparture.class);

    private final BooleanSupplier processEnding;
    /** Contexts that may have something registered. Guarded by this. */
    private final Set<Leaving> present = new LinkedHashSet<>();
    /** Completes when everything has left that was present when the process began to end. Guarded by this. */
    private CompletableFuture<Void> common = CompletableFuture.completedFuture(null);

    /** A context that may have instances registered. */
    interface Leaving {

        /** Removes its instances, once. Completes with how long consumers are given; zero if there was nothing. */
        CompletableFuture<Duration> leave();
    }

    /** @param processEnding whether the process is ending */
    ProcessDeparture(BooleanSupplier processEnding) {
        this.processEnding = processEnding;
    }

    /** The runtime takes no hooks any more once it has begun to run them. */
    private static boolean isProcessEnding() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread(() -> {}, "never-started"));
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    boolean isEnding() {
        return processEnding.getAsBoolean();
    }

    synchronized void add(Leaving context) {
        present.add(context);
    }

    /** Completes when what this context has registered is gone and consumers have had time to hear of it. */
    CompletableFuture<Void> depart(Leaving context) {
        if (!isEnding()) {
            synchronized (this) {
                present.remove(context);
            }
            return gone(List.of(context));
        }
        List<Leaving> leaving;
        CompletableFuture<Void> before;
        CompletableFuture<Void> now = new CompletableFuture<>();
        synchronized (this) {
            present.add(context);
            leaving = List.copyOf(present);
            present.clear();
            before = common;
            common = CompletableFuture.allOf(before, now);
        }
        // Outside, since hooks of applications are called.
        gone(leaving).whenComplete((done, failure) -> now.complete(null));
        return CompletableFuture.allOf(before, now);
    }

    private static CompletableFuture<Void> gone(List<Leaving> leaving) {
        List<CompletableFuture<Duration>> removals = new ArrayList<>();
        leaving.forEach(context -> removals.add(context.leave()));
        return CompletableFuture.allOf(removals.toArray(CompletableFuture[]::new))
                .thenCompose(all -> pause(removals.stream()
                        .map(CompletableFuture::join)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO)));
    }

    private static CompletableFuture<Void> pause(Duration length) {
        if (length.isZero()) {
            return CompletableFuture.completedFuture(null);
        }
        LOG.info("Waiting {} ms for consumers to hear of it", length.toMillis());
        return new CompletableFuture<Void>().completeOnTimeout(null, length.toMillis(), TimeUnit.MILLISECONDS);
    }
}
