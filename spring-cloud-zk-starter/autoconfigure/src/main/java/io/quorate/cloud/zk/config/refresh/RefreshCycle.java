package io.quorate.cloud.zk.config.refresh;

import io.quorate.cloud.zk.Backoff;
import io.quorate.cloud.zk.ZkLane;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings changes to the application. Whatever may have changed is a hint; after a burst of hints configuration is read
 * and compared, and a difference is offered and announced by one event. If no refresh takes the offer, it is made
 * again, three times in all. If the application fails on it, it is given back what it had. While servers cannot be
 * read, it is tried again and again, with pauses that grow; a connection that comes back ends the pause.
 *
 * <p>Methods may be called by any thread; everything happens on the lane.
 */
public final class RefreshCycle {

    private static final Logger LOG = LoggerFactory.getLogger(RefreshCycle.class);
    private static final Duration TAKE_WAIT = Duration.ofSeconds(1);
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final ZkLane lane;
    private final LongSupplier nanoClock;
    private final Debounce debounce;
    private final KeyPatterns triggers;
    private final LiveConfig config;
    private final Consumer<Set<String>> refresher;
    private final RefreshObserver observer;
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);

    /** Whether the application hears refresh events; earlier ones would be lost. */
    private boolean ready;

    private boolean running;
    /** Cancels the end of a burst, the next try of an unreadable server, or the look whether an offer was taken. */
    private @Nullable Runnable burst;

    private @Nullable Runnable retry;
    private @Nullable Offer offer;
    /** The change that is being brought; null for none. */
    private RefreshObserver.@Nullable Observed observed;
    /** Whether the application is about to end, and what it does in a refresh means nothing any more. Any thread. */
    private volatile boolean ending;

    /** An offer that was announced and not taken yet. */
    private record Offer(Difference difference, int attempt, Runnable cancel) {}

    /**
     * A cycle that does nothing until it is started.
     *
     * @param nanoClock time in nanoseconds, from any origin
     * @param refresher announces keys that changed, and returns when the application has been refreshed
     */
    public RefreshCycle(
            ZkLane lane,
            LongSupplier nanoClock,
            BurstTiming timing,
            KeyPatterns triggers,
            LiveConfig config,
            Consumer<Set<String>> refresher,
            RefreshObserver observer) {
        this.lane = lane;
        this.nanoClock = nanoClock;
        this.debounce = timing.debounce();
        this.triggers = triggers;
        this.config = config;
        this.refresher = refresher;
        this.observer = observer;
    }

    /** Begins, with a comparison as soon as the application is ready. */
    public void start() {
        ending = false;
        lane.execute(() -> {
            running = true;
            hint();
        });
    }

    /** From now on the application hears refresh events. Runs a comparison. */
    public void ready() {
        lane.execute(() -> {
            ready = true;
            hint();
        });
    }

    /** Something may have changed. */
    public void changed() {
        lane.execute(this::hint);
    }

    /** A server that may have been away is there. */
    public void connected() {
        lane.execute(() -> {
            backoff.reset();
            hint();
        });
    }

    /** Ends everything but a refresh that is under way. */
    public void stop() {
        ending = true;
        lane.execute(() -> {
            running = false;
            debounce.clear();
            burst = cancelled(burst);
            retry = cancelled(retry);
            dropOffer();
            ended(RefreshOutcome.IGNORED);
        });
    }

    private void hint() {
        debounce.event(nanoClock.getAsLong());
        awaitEndOfBurst();
    }

    private void awaitEndOfBurst() {
        OptionalLong remaining = debounce.remainingNanos(nanoClock.getAsLong());
        // A timer that is set already looks itself how long the burst lasts.
        if (running && ready && burst == null && remaining.isPresent()) {
            burst = lane.schedule(this::burstMayBeOver, Duration.ofNanos(remaining.getAsLong()));
        }
    }

    private void burstMayBeOver() {
        burst = null;
        OptionalLong remaining = debounce.remainingNanos(nanoClock.getAsLong());
        if (remaining.isPresent() && remaining.getAsLong() == 0) {
            debounce.clear();
            compare(1);
        } else {
            awaitEndOfBurst();
        }
    }

    private void compare(int attempt) {
        if (!running || ending) {
            return;
        }
        retry = cancelled(retry);
        dropOffer();
        Comparison comparison = config.compare();
        if (comparison.complete()) {
            backoff.reset();
        } else {
            retry = lane.schedule(() -> compare(1), backoff.next());
        }
        Optional<Difference> difference = comparison.difference();
        if (difference.isEmpty()) {
            if (comparison.complete()) {
                // Somebody else has brought it meanwhile, or it was taken back.
                ended(RefreshOutcome.APPLIED);
            }
        } else if (triggers.anyMatches(difference.get().keys())) {
            announce(difference.get(), attempt);
        } else {
            LOG.debug(
                    "Only keys changed that cause no refresh: {}",
                    difference.get().keys());
            ended(RefreshOutcome.IGNORED);
        }
    }

    private void announce(Difference difference, int attempt) {
        if (ending) {
            return;
        }
        RefreshObserver.Observed seen = observed == null ? observer.begin(difference.keys()) : observed;
        observed = seen;
        difference.offer();
        try {
            seen.run(() -> refresher.accept(difference.keys()));
        } catch (RuntimeException | Error failed) {
            // Errors as well: a class that cannot be loaded is one more reason why a bean is not made.
            if (ending) {
                LOG.debug("A refresh was cut off by the end of the application: {}", FailureText.of(failed));
                difference.withdraw();
                ended(RefreshOutcome.IGNORED);
                return;
            }
            if (difference.taken()) {
                giveBack(difference, failed);
                return;
            }
            LOG.error("A refresh failed before it read configuration: {}", FailureText.of(failed));
        }
        if (difference.taken()) {
            ended(RefreshOutcome.APPLIED);
        } else {
            Runnable cancel = lane.schedule(this::offerShouldBeTaken, TAKE_WAIT);
            offer = new Offer(difference, attempt, cancel);
        }
    }

    /** A refresh may take an offer on another thread, some time after its event. */
    private void offerShouldBeTaken() {
        Offer open = offer;
        offer = null;
        if (open == null) {
            return;
        }
        if (open.difference().taken()) {
            ended(RefreshOutcome.APPLIED);
            return;
        }
        open.difference().withdraw();
        if (open.attempt() < MAX_ATTEMPTS) {
            compare(open.attempt() + 1);
            return;
        }
        LOG.warn(
                "Configuration changed, and {} refresh events were not heeded. The application still has the old values"
                        + " of {}. Is its refreshing switched off?",
                MAX_ATTEMPTS,
                open.difference().keys());
        ended(RefreshOutcome.IGNORED);
    }

    private void giveBack(Difference difference, Throwable failed) {
        LOG.error(
                "The application cannot use the changed configuration: {}. Until that changes again it keeps what it"
                        + " had of {}.",
                FailureText.of(failed),
                difference.keys());
        difference.refuse();
        try {
            refresher.accept(difference.keys());
        } catch (RuntimeException | Error again) {
            LOG.error("Going back to the former configuration failed: {}", FailureText.of(again));
        }
        difference.withdraw();
        ended(RefreshOutcome.REFUSED);
    }

    private void dropOffer() {
        if (offer != null) {
            offer.cancel().run();
            offer.difference().withdraw();
            offer = null;
        }
    }

    private void ended(RefreshOutcome outcome) {
        RefreshObserver.Observed present = observed;
        observed = null;
        if (present != null) {
            present.end(outcome);
        }
    }

    private static @Nullable Runnable cancelled(@Nullable Runnable cancel) {
        if (cancel != null) {
            cancel.run();
        }
        return null;
    }
}
