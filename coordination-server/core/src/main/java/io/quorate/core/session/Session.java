package io.quorate.core.session;

import org.jspecify.annotations.Nullable;

/** An open session. Made by {@link SessionTable}, timed by {@link ExpiryWheel}. */
public final class Session {

    /** The value of {@link #link} while no connection of this server serves the session. Links are not negative. */
    public static final long NO_LINK = -1;
    /** The value of {@link #owner} while no server is known to serve it. */
    public static final long NO_OWNER = -1;

    private final long id;
    private int timeoutMillis;
    private boolean closing;
    private long link = NO_LINK;
    private long owner = NO_OWNER;

    /**
     * When it runs out unless it is touched, on the wheel's clock. Invariant: not before the start of {@link #bucket},
     * but perhaps long after its end.
     */
    long deadlineNanos;
    /** Where the wheel keeps it; null while it is not timed. */
    @Nullable
    ExpiryBucket bucket;

    @Nullable
    Session nextInBucket;

    @Nullable
    Session previousInBucket;
    /** The next session in the same chain of {@link SessionTable}. */
    @Nullable
    Session nextInTable;

    Session(long id, int timeoutMillis) {
        this.id = id;
        this.timeoutMillis = timeoutMillis;
    }

    public long id() {
        return id;
    }

    /** As negotiated last; milliseconds. */
    public int timeoutMillis() {
        return timeoutMillis;
    }

    /** Takes effect with the next touch. */
    public void setTimeoutMillis(int millis) {
        timeoutMillis = millis;
    }

    /** Whether its end has been decided, though perhaps not applied yet: it is no longer touched or resumed. */
    public boolean isClosing() {
        return closing;
    }

    public void setClosing(boolean isClosing) {
        closing = isClosing;
    }

    /** The connection that serves it, or {@link #NO_LINK}. */
    public long link() {
        return link;
    }

    public void bind(long newLink) {
        link = newLink;
    }

    public void unbind() {
        link = NO_LINK;
    }

    /** The id of the server through which it was opened or resumed last (client protocol 2.8), or {@link #NO_OWNER}. */
    public long owner() {
        return owner;
    }

    public void setOwner(long serverId) {
        owner = serverId;
    }

    @Override
    public String toString() {
        return "session 0x" + Long.toHexString(id) + " (" + timeoutMillis + " ms" + (closing ? ", closing)" : ")");
    }
}
