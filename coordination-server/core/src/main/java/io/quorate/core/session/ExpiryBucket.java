package io.quorate.core.session;

import org.jspecify.annotations.Nullable;

/** Sessions that are looked at together at the end of one tick, in the order in which they came. */
final class ExpiryBucket {

    /** First instant of the tick, on the wheel's clock. */
    final long startNanos;

    @Nullable
    Session first;

    private @Nullable Session last;

    ExpiryBucket(long startNanos) {
        this.startNanos = startNanos;
    }

    boolean isEmpty() {
        return first == null;
    }

    void append(Session session) {
        session.bucket = this;
        session.previousInBucket = last;
        session.nextInBucket = null;
        if (last == null) {
            first = session;
        } else {
            last.nextInBucket = session;
        }
        last = session;
    }

    void unlink(Session session) {
        Session before = session.previousInBucket;
        Session after = session.nextInBucket;
        if (before == null) {
            first = after;
        } else {
            before.nextInBucket = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previousInBucket = before;
        }
        session.bucket = null;
        session.previousInBucket = null;
        session.nextInBucket = null;
    }
}
