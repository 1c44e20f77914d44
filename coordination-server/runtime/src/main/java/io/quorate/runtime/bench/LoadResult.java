package io.quorate.runtime.bench;

import io.quorate.runtime.metrics.LatencyHistogram;

/**
 * What was measured.
 *
 * @param operations answered within the measurement, successfully or not
 * @param errors of these, with an error code
 * @param nanos how long the measurement really took
 * @param latencies of the operations, from when they should have begun, so that a server that stands still is not
 * spared
 */
public record LoadResult(long operations, long errors, long nanos, LatencyHistogram latencies) {

    private static final double NANOS_PER_SECOND = 1e9;

    public double perSecond() {
        return nanos == 0 ? 0 : operations * NANOS_PER_SECOND / nanos;
    }
}
