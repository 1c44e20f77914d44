package io.quorate.simulation.network;

/**
 * How the network behaves while nothing is wrong with it.
 *
 * @param leastDelayNanos of a link, one way; each link has a delay of its own, around which its bytes vary
 * @param mostDelayNanos likewise
 * @param smallSegmentOneIn how often bytes come cut into tiny pieces; 0 for never
 * @param maxOutputBytes that a link may leave untaken before it is closed
 */
public record NetworkOptions(long leastDelayNanos, long mostDelayNanos, int smallSegmentOneIn, int maxOutputBytes) {

    public static final NetworkOptions USUAL = new NetworkOptions(20_000, 500_000, 8, 64 << 20);
}
