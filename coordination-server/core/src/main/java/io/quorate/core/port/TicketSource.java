package io.quorate.core.port;

/** Hands out disk tickets, so that no two users of the disk take the same. Owned by the replica. */
public final class TicketSource {

    private long last;

    public long next() {
        return ++last;
    }
}
