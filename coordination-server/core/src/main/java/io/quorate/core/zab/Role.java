package io.quorate.core.zab;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that every role of a replica understands. Only the replica creates roles and changes them. Peer inputs
 * concern links of the quorum port; a role ignores those that mean nothing to it.
 */
public interface Role {

    /** What this role is called on the status page, in metrics and in health details. */
    RoleName name();

    /** The log has made everything up to and including this zxid durable. Never decreases. */
    void onLogDurable(long zxid);

    /** Highest zxid this role has handed to the log. */
    long lastProposedZxid();

    /** The epoch of the term; -1 before it is known, and where there is none. */
    default long epoch() {
        return -1;
    }

    /** Whether the term stands and clients are served. */
    default boolean isEstablished() {
        return false;
    }

    /** A member has connected to the quorum port. */
    default void onAccepted(long link) {}

    /** The connection that this role asked for stands. */
    default void onConnected(long link) {}

    /** Bytes have arrived: a sign of life. What of them can be used is offered by {@link #onUnread} right after. */
    default void onHeard(long link) {}

    /**
     * What has arrived and not been used; the role moves the position behind what it uses. Offered when bytes arrive
     * and again at the end of each turn.
     */
    default void onUnread(long link, ByteBuffer unread) {}

    /** The link takes output again, or has stopped taking it. */
    default void onWritable(long link, boolean writable) {}

    /** The link is gone. */
    default void onClosed(long link) {}

    /** Time has passed; called once per turn. */
    default void onTime() {}

    /** Everything batched over the turn is done now. */
    default void endOfTurn() {}

    /** When {@link #onTime} is wanted even if nothing happens; {@link Long#MAX_VALUE} for never. */
    default long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    /** Why the role has come to its end; null while it goes on. */
    default @Nullable String ending() {
        return null;
    }

    /** Gives up every link: the replica is about to change its role. */
    default void end() {}
}
