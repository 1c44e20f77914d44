package io.quorate.core.request;

import io.quorate.core.base.Limits;

/** Bounds the memory that large requests hold while they wait (client protocol 11.6). Off unless configured. */
final class LargeRequests {

    private final Limits limits;
    /** Bytes of the large requests that wait for an answer. */
    private long inFlightBytes;

    LargeRequests(Limits limits) {
        this.limits = limits;
    }

    /** Whether a request of this size may come in on top of those that wait. */
    boolean admits(int frameBytes) {
        return sizeThatCounts(frameBytes) == 0
                || inFlightBytes + frameBytes <= limits.requests().maxLargeBytes();
    }

    /** The size, or 0 for a request that is not large. */
    int sizeThatCounts(int frameBytes) {
        return limits.requests().largeBytes() > 0
                        && frameBytes > limits.requests().largeBytes()
                ? frameBytes
                : 0;
    }

    void begun(PendingRequest request) {
        inFlightBytes += request.largeBytes;
    }

    void done(PendingRequest request) {
        inFlightBytes -= request.largeBytes;
    }
}
