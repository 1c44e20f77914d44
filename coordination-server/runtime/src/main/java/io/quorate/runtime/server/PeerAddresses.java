package io.quorate.runtime.server;

/**
 * Where a member of an ensemble listens for the others.
 *
 * @param host {@code 0.0.0.0} for all addresses
 * @param electionPort for elections
 * @param quorumPort for whoever learns from this member when it leads
 */
public record PeerAddresses(String host, int electionPort, int quorumPort) {}
