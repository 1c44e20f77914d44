package io.quorate.core.replica;

/**
 * A snapshot in figures.
 *
 * @param nodes the root included
 * @param dataBytes approximate size of all paths and data
 * @param digest of the tree that the file holds
 * @param digestCheck what the digest in the file says about it: MATCHES, DIFFERS, PENDING where it belongs to a later
 *     transaction, ABSENT
 */
public record SnapshotSummary(
        long nodes, int ephemerals, int sessions, long dataBytes, long digest, String digestCheck) {}
