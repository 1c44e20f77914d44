package io.quorate.core.session;

/**
 * What sessions are granted after this process has stood still (garbage collection, a suspended machine, one very long
 * turn). While it stood still it could not hear anybody, so the silence proves nothing: without grace a pause longer
 * than the timeouts expires every session at once, the healthy ones with their locks and leases included.
 *
 * @param toleratedLatenessMillis a turn that comes no later than this behind the deadline it was asked for is ordinary
 *     scheduling, and nothing is granted
 * @param maxGraceMillis upper bound of what one pause grants; the largest session timeout is as much as a change of
 *     leader grants
 */
public record PauseGrace(long toleratedLatenessMillis, long maxGraceMillis) {

    /** No grace: sessions expire by the clock, as in the reference. */
    public static final PauseGrace NONE = new PauseGrace(Long.MAX_VALUE, 0);

    public PauseGrace {
        if (toleratedLatenessMillis < 0 || maxGraceMillis < 0) {
            throw new IllegalArgumentException("tolerated lateness " + toleratedLatenessMillis
                    + " ms and longest grace " + maxGraceMillis + " ms must not be negative");
        }
    }
}
