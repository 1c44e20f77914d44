package io.quorate.core.zab;

import io.quorate.core.base.TurnTime;
import io.quorate.core.base.Verify;
import org.jspecify.annotations.Nullable;

/** How far a leader's term has come, how long it may take from there, and why it is to end. */
final class LeaderTerm {

    /** Where the term stands. Only moves down this list. */
    enum Phase {
        /** Collects promises until a quorum has come. */
        DISCOVERY,
        /** Has an epoch, durably, and collects who holds no better history. */
        PROMISED,
        /** Holds the epoch, and brings a quorum to its history. */
        SYNCHRONISATION,
        BROADCAST,
        ENDED
    }

    private final TurnTime time;
    private final long phaseLimitNanos;
    private final long startNanos;
    private Phase phase = Phase.DISCOVERY;
    private long phaseDeadlineNanos;
    private @Nullable String ending;

    /** @param phaseLimitNanos how long each phase before the broadcast may take */
    LeaderTerm(TurnTime time, long phaseLimitNanos) {
        this.time = time;
        this.phaseLimitNanos = phaseLimitNanos;
        startNanos = time.nanos();
        phaseDeadlineNanos = startNanos + phaseLimitNanos;
    }

    long startNanos() {
        return startNanos;
    }

    long ageNanos() {
        return time.nanos() - startNanos;
    }

    boolean isIn(Phase asked) {
        return phase == asked;
    }

    void enter(Phase next) {
        Verify.that(next.compareTo(phase) > 0, "a term only goes on, and ends once");
        phase = next;
        phaseDeadlineNanos = next.compareTo(Phase.BROADCAST) < 0 ? time.nanos() + phaseLimitNanos : Long.MAX_VALUE;
    }

    /** When the phase has taken too long; {@link Long#MAX_VALUE} for never. */
    long deadlineNanos() {
        return phaseDeadlineNanos;
    }

    void giveUpIfLate() {
        if (time.nanos() >= phaseDeadlineNanos) {
            giveUp("no quorum within the init limit, in phase " + phase);
        }
    }

    /** The first reason counts. */
    void giveUp(String reason) {
        if (ending == null) {
            ending = reason;
        }
    }

    /** Why the term is to end; null while it goes on. */
    @Nullable
    String ending() {
        return ending;
    }
}
