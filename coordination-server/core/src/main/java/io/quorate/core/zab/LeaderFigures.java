package io.quorate.core.zab;

/**
 * What is told of a leader.
 *
 * @param startNanos when it was elected
 * @param pendingSyncs syncs of all members' clients that wait for their answer
 * @param lastProposalBytes -1 before the first since the last reset, as the other two
 */
public record LeaderFigures(
        long startNanos, int pendingSyncs, int lastProposalBytes, int minProposalBytes, int maxProposalBytes) {}
