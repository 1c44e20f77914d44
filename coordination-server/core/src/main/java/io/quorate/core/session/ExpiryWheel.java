package io.quorate.core.session;

import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * When sessions run out: a session touched at {@code t} with timeout {@code T} expires at the end of the tick that
 * holds {@code t + T} (client protocol 11.1). Run by whoever decides on expiry: the leader, or a standalone server.
 *
 * <p>A touch only notes the new deadline. The session stays in its bucket, and moves when that falls due, so that a
 * session is moved once per timeout and not once per request.
 *
 * <p>The wheel's clock is the caller's, minus the time that this process has stood still, minus the grace granted for
 * it (see {@link PauseGrace}). A pause begins at the first deadline that was missed: a session keeps what was left of
 * its time then, and the grace comes on top.
 */
public final class ExpiryWheel implements SessionTimer {

    /** What {@link #nextDeadlineNanos} says when no session is timed. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long tickNanos;
    private final PauseGrace grace;
    /** By the number of their tick. Invariant: none is empty. */
    private final TreeMap<Long, ExpiryBucket> buckets = new TreeMap<>();

    private int size;
    /** How far the wheel's clock is behind the caller's. Never shrinks while sessions are timed. */
    private long behindNanos;

    /** @param tickMillis length of a bucket; positive */
    public ExpiryWheel(int tickMillis, PauseGrace grace) {
        if (tickMillis <= 0) {
            throw new IllegalArgumentException("tick time " + tickMillis + " ms must be positive");
        }
        this.tickNanos = tickMillis * NANOS_PER_MILLI;
        this.grace = grace;
    }

    /**
     * Starts over with the sessions given, each with its full timeout from now: how a server begins that has just
     * become responsible for expiry, and so cannot know when they were last heard.
     */
    public void restart(Iterable<Session> sessions, long nowNanos) {
        stop();
        behindNanos = 0;
        for (Session session : sessions) {
            touch(session, nowNanos);
        }
    }

    /** Stops timing all sessions. */
    public void stop() {
        for (ExpiryBucket bucket : buckets.values()) {
            while (bucket.first != null) {
                bucket.unlink(bucket.first);
            }
        }
        buckets.clear();
        size = 0;
    }

    /**
     * The session has been heard: gives it its whole timeout from now, and starts timing it if that is new.
     *
     * @return false, without effect, when it is closing
     */
    @Override
    public boolean touch(Session session, long nowNanos) {
        if (session.isClosing()) {
            return false;
        }
        session.deadlineNanos = nowNanos - behindNanos + session.timeoutMillis() * NANOS_PER_MILLI;
        ExpiryBucket bucket = session.bucket;
        if (bucket == null) {
            size++;
            file(session);
        } else if (session.deadlineNanos < bucket.startNanos) {
            // A shorter timeout than before: it would be found too late where it is.
            takeOut(session, bucket);
            file(session);
        }
        return true;
    }

    /** Stops timing a session, if it is timed. */
    @Override
    public void remove(Session session) {
        ExpiryBucket bucket = session.bucket;
        if (bucket != null) {
            takeOut(session, bucket);
            size--;
        }
    }

    /** When {@link #drainExpired} is to be called next, on the caller's clock; {@link #NO_DEADLINE} if never. */
    public long nextDeadlineNanos() {
        return buckets.isEmpty() ? NO_DEADLINE : dueNanos(buckets.firstKey()) + behindNanos;
    }

    /** When a timed session will expire if it is not touched again, on the caller's clock. */
    @Override
    public long expiresAtNanos(Session session) {
        return dueNanos(tickOf(session.deadlineNanos)) + behindNanos;
    }

    /** Sessions being timed. */
    public int size() {
        return size;
    }

    /**
     * Takes off the wheel, and hands over, the sessions that have run out, tick by tick. To be called in every turn, so
     * that a late call means that there was no turn. The consumer may touch and remove sessions.
     */
    public void drainExpired(long nowNanos, Consumer<Session> expired) {
        grantGrace(nowNanos);
        while (nextDeadlineNanos() <= nowNanos) {
            long tick = buckets.firstKey();
            ExpiryBucket bucket = buckets.firstEntry().getValue();
            for (Session session = bucket.first; session != null; session = bucket.first) {
                bucket.unlink(session);
                if (tickOf(session.deadlineNanos) > tick) {
                    file(session);
                } else {
                    size--;
                    expired.accept(session);
                }
            }
            buckets.remove(tick);
        }
    }

    /**
     * Recognises a pause of our own by the turn having come late, and turns the wheel's clock back: by the pause, which
     * counts for nobody, and by the grace, in which those who waited out the pause can make themselves heard.
     */
    private void grantGrace(long nowNanos) {
        long deadline = nextDeadlineNanos();
        if (deadline == NO_DEADLINE) {
            return;
        }
        long lateNanos = nowNanos - deadline;
        long lateMillis = lateNanos / NANOS_PER_MILLI;
        if (lateMillis > grace.toleratedLatenessMillis()) {
            behindNanos += lateNanos + Math.min(lateMillis, grace.maxGraceMillis()) * NANOS_PER_MILLI;
        }
    }

    private void file(Session session) {
        long tick = tickOf(session.deadlineNanos);
        buckets.computeIfAbsent(tick, number -> new ExpiryBucket(number * tickNanos))
                .append(session);
    }

    private void takeOut(Session session, ExpiryBucket bucket) {
        bucket.unlink(session);
        if (bucket.isEmpty()) {
            buckets.remove(Math.floorDiv(bucket.startNanos, tickNanos));
        }
    }

    private long tickOf(long deadlineNanos) {
        return Math.floorDiv(deadlineNanos, tickNanos);
    }

    private long dueNanos(long tick) {
        return (tick + 1) * tickNanos;
    }
}
