package io.quorate.core.session;

/**
 * Who keeps the time of sessions. Where expiry is decided it is the {@link ExpiryWheel}; a learner only notes who was
 * heard, and tells its leader ({@link TouchTable}).
 */
public interface SessionTimer {

    /**
     * The session has been heard.
     *
     * @return false, without effect, when it is closing
     */
    boolean touch(Session session, long nowNanos);

    /** The session is no more. */
    void remove(Session session);

    /** When it will expire if it is not touched again, as far as is known here. */
    long expiresAtNanos(Session session);
}
