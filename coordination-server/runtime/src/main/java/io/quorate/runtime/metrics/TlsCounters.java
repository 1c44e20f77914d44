package io.quorate.runtime.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** What is counted of encryption. Written by the replica thread and by the one that looks after the keys. */
public final class TlsCounters {

    /** Handshakes under way. */
    private final AtomicLong underWay = new AtomicLong();

    private final AtomicLong failed = new AtomicLong();
    /** Connections closed because of too many handshakes. */
    private final AtomicLong exceeded = new AtomicLong();

    private final AtomicLong keysRefused = new AtomicLong();
    /** Epoch milliseconds at which the first of the server's certificates expires; 0 while there are none. */
    private final AtomicLong expiresMillis = new AtomicLong();

    /** @return how many are under way with this one */
    public long begun() {
        return underWay.incrementAndGet();
    }

    public void ended() {
        underWay.decrementAndGet();
    }

    public void failed() {
        failed.incrementAndGet();
    }

    public void exceeded() {
        exceeded.incrementAndGet();
    }

    public void keysRefused() {
        keysRefused.incrementAndGet();
    }

    public void keysTaken(long firstExpiryMillis) {
        expiresMillis.set(firstExpiryMillis);
    }

    ServerStatistics.Encryption statistics() {
        return new ServerStatistics.Encryption(
                underWay.get(), failed.get(), exceeded.get(), keysRefused.get(), expiresMillis.get());
    }
}
