package io.quorate.app.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one fault after the other happen, in an order of the seed's: each kind once before any comes again. */
final class Nemesis {

    private static final Logger LOG = LoggerFactory.getLogger(Nemesis.class);
    /** In which a healed ensemble must acknowledge a write. Many times what it takes on a busy machine. */
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    private static final int SHORTEST_MILLIS = 2_000;
    /** Twice the limit behind which a silent member is given up. */
    private static final int LONGEST_MILLIS = 10_000;

    private static final int BREATH_MILLIS = 3_000;
    /** One fault in so many is joined by another one. */
    private static final int ONE_IN = 5;

    /** What gaps in two faults at once are put down to. */
    static final String TOGETHER = "two of them at once";

    private final Ensemble ensemble;
    private final List<Fault> possible;
    private final Ledger ledger;
    private final Random random;
    private final ArrayDeque<Fault> deck = new ArrayDeque<>();
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

    Nemesis(Ensemble ensemble, List<Fault> possible, Ledger ledger, Random random) {
        this.ensemble = ensemble;
        this.possible =
                possible.stream().filter(fault -> fault.isPossible(ensemble)).toList();
        if (this.possible.isEmpty()) {
            throw new IllegalArgumentException("none of these faults is possible here: " + possible);
        }
        this.ledger = ledger;
        this.random = random;
    }

    private Fault next() {
        if (deck.isEmpty()) {
            List<Fault> faults = new ArrayList<>(possible);
            Collections.shuffle(faults, random);
            deck.addAll(faults);
        }
        return deck.remove();
    }

    /** One fault, perhaps two, and the recovery from it. Fails when there is none. */
    void strike() {
        Fault fault = next();
        ledger.begins(fault.name());
        begin(fault);
        pass(SHORTEST_MILLIS, LONGEST_MILLIS / 2);
        if (random.nextInt(ONE_IN) == 0) {
            ledger.begins(TOGETHER);
            begin(another(fault));
        }
        pass(0, LONGEST_MILLIS / 2);
        ensemble.mend(random);
        long mended = System.nanoTime();
        if (!Waiting.until(RECOVERY, () -> ledger.hasWrittenSince(mended) || died() != null)) {
            throw new AssertionError(
                    "no write was acknowledged within " + RECOVERY.toSeconds() + " s after " + fault + " was over");
        }
        String dead = died();
        if (dead != null) {
            throw new AssertionError(dead + " ended by itself, in or after " + fault);
        }
        pass(0, BREATH_MILLIS);
    }

    private Fault another(Fault fault) {
        Fault next = next();
        return next == fault ? next() : next;
    }

    private void begin(Fault fault) {
        counts.merge(fault, 1, Integer::sum);
        LOG.info("{}: {}", fault, fault.begin(ensemble, random));
    }

    private void pass(int fromMillis, int toMillis) {
        Waiting.pass(Duration.ofMillis(fromMillis + random.nextInt(toMillis - fromMillis)));
    }

    private @org.jspecify.annotations.Nullable String died() {
        for (Member member : ensemble.members()) {
            if (member.hasDied()) {
                return member.toString();
            }
        }
        return null;
    }

    Map<Fault, Integer> counts() {
        return counts;
    }
}
