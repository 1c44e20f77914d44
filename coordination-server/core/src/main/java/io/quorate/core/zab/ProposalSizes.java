package io.quorate.core.zab;

/** How large a leader's proposals have been, in bytes, since its term began or they were last asked to be forgotten. */
final class ProposalSizes {

    private static final int NONE = -1;

    private int last = NONE;
    private int min = NONE;
    private int max = NONE;

    void add(int bytes) {
        last = bytes;
        min = min == NONE ? bytes : Math.min(min, bytes);
        max = Math.max(max, bytes);
    }

    void reset() {
        last = NONE;
        min = NONE;
        max = NONE;
    }

    LeaderFigures figures(long startNanos, int pendingSyncs) {
        return new LeaderFigures(startNanos, pendingSyncs, last, min, max);
    }
}
