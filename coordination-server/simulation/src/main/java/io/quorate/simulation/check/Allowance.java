package io.quorate.simulation.check;

/**
 * What servers had a reason to answer in a run.
 *
 * @param diskWasFull that writes are refused for a while
 * @param ensemble that a session is used through another server, or is being closed
 */
public record Allowance(boolean diskWasFull, boolean ensemble) {}
