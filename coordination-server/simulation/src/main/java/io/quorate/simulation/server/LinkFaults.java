package io.quorate.simulation.server;

/**
 * How the network treats messages.
 *
 * @param leastDelayNanos of every message
 * @param mostDelayNanos of most messages
 * @param stallOneIn a message in so many is held up for much longer, with everything behind it; 0 for never
 * @param stallNanos how long at most
 */
public record LinkFaults(long leastDelayNanos, long mostDelayNanos, long stallOneIn, long stallNanos) {}
