package io.quorate.core.session;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sessions that a learner has heard since it told its leader last (quorum protocol 5.7). Expiry is the leader's: so
 * nothing ever runs out here.
 */
public final class TouchTable implements SessionTimer {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Timeouts by session, in the order of the first touch. */
    private final Map<Long, Integer> touched = new LinkedHashMap<>();

    /** Receives what was touched. */
    @FunctionalInterface
    public interface Receiver {
        void touched(long sessionId, int timeoutMillis);
    }

    @Override
    public boolean touch(Session session, long nowNanos) {
        if (session.isClosing()) {
            return false;
        }
        session.deadlineNanos = nowNanos + session.timeoutMillis() * NANOS_PER_MILLI;
        touched.put(session.id(), session.timeoutMillis());
        return true;
    }

    @Override
    public void remove(Session session) {
        touched.remove(session.id());
    }

    @Override
    public long expiresAtNanos(Session session) {
        return session.deadlineNanos;
    }

    public int size() {
        return touched.size();
    }

    /** Hands over everything touched since the last time and forgets it. */
    public void drain(Receiver receiver) {
        touched.forEach(receiver::touched);
        touched.clear();
    }
}
