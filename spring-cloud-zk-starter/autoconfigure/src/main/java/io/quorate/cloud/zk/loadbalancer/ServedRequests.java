package io.quorate.cloud.zk.loadbalancer;

import java.util.concurrent.atomic.AtomicLong;

/** How many requests this application is serving now. Thread-safe. */
public final class ServedRequests {

    private final AtomicLong inFlight = new AtomicLong();

    public long inFlight() {
        return inFlight.get();
    }

    void begun() {
        inFlight.incrementAndGet();
    }

    void ended() {
        inFlight.decrementAndGet();
    }
}
