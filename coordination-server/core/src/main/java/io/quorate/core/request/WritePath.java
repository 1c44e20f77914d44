package io.quorate.core.request;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.client.Operation;
import org.jspecify.annotations.Nullable;

/** Where writes go. A leader and a standalone server prepare and log them; a learner hands them to its leader. */
public interface WritePath {

    /** The {@code afterZxid} of a request whose place in the history only the leader knows. */
    long FORWARDED = Long.MAX_VALUE;

    /** What {@link #resume} says of a session that there is not. */
    long NO_SESSION = -1;

    /** Whether a write could be taken now. While it cannot, the server is read-only: the disk is full, say. */
    boolean acceptsWrites();

    /**
     * Whether a write of any size may be submitted at this moment. False for moments only, while the disk keeps up with
     * a burst; clients are not read then.
     */
    boolean hasRoom();

    /** Whether requests, any of which may be a write, may be looked at now: they are submitted, or refused at once. */
    default boolean takesRequests() {
        return hasRoom() || !acceptsWrites();
    }

    /** Takes one write. Only while {@link #acceptsWrites} and {@link #hasRoom}. */
    Submission submit(Operation.Write operation, Requester requester);

    /**
     * What a sync waits for.
     *
     * @return it may be answered once this zxid is applied; {@link #FORWARDED} where {@link ClientSide#onSynced} tells
     */
    long sync(@Nullable NodePath path, Requester requester);

    /**
     * Whether a client may go on with its session here; its password has been checked.
     *
     * @return it may once this zxid is applied, unless the session is gone by then; {@link #NO_SESSION};
     *     {@link #FORWARDED} where {@link ClientSide#onRevalidated} tells
     */
    long resume(long sessionId, int timeoutMillis);

    /**
     * What became of a submitted write.
     *
     * @param afterZxid its answer may go out once this zxid is applied: its own, or, when it was refused, the last one
     *     it was judged by; {@link #FORWARDED} where a leader decides
     * @param refusal what to answer when there is no transaction; null when there is one
     */
    record Submission(long afterZxid, @Nullable TxnResult refusal) {}
}
