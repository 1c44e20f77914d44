package io.quorate.simulation.history;

import org.jspecify.annotations.Nullable;

/** One request of one client, from being sent to whatever became of it. */
public final class Invocation {

    /** What the client knows of it. */
    public enum Fate {
        PENDING,
        ANSWERED,
        /** The connection ended first: it took effect once or never. */
        UNKNOWN
    }

    private final int xid;
    /** 0 as long as the client waits for its session, and for ever if it never learns of one. */
    private long session;

    private final Request request;
    private final long invokedNanos;
    /** Highest zxid that anybody had been told when this was sent: the answer must not be older. */
    private final long floorZxid;

    private Fate fate = Fate.PENDING;
    private long zxid;
    private @Nullable Answer answer;

    Invocation(int xid, long session, Request request, long invokedNanos, long floorZxid) {
        this.xid = xid;
        this.session = session;
        this.request = request;
        this.invokedNanos = invokedNanos;
        this.floorZxid = floorZxid;
    }

    /** Unique over the whole run. */
    public int xid() {
        return xid;
    }

    public long session() {
        return session;
    }

    public Request request() {
        return request;
    }

    public long floorZxid() {
        return floorZxid;
    }

    public Fate fate() {
        return fate;
    }

    /** Of the reply's header; meaningful once answered. */
    public long zxid() {
        return zxid;
    }

    /** Present once answered. */
    public @Nullable Answer answer() {
        return answer;
    }

    /** The client has learnt its session, with this request already sent behind the handshake. */
    void bind(long newSession) {
        session = newSession;
    }

    void answered(long replyZxid, Answer replyAnswer) {
        fate = Fate.ANSWERED;
        zxid = replyZxid;
        answer = replyAnswer;
    }

    void lost() {
        fate = Fate.UNKNOWN;
    }

    @Override
    public String toString() {
        String asked =
                String.format("#%d of session 0x%x, %s, sent at %.3f ms, ", xid, session, request, invokedNanos / 1e6);
        return asked + (fate == Fate.ANSWERED ? String.format("answered at zxid 0x%x with %s", zxid, answer) : fate);
    }
}
