package io.quorate.cloud.zk;

import java.time.Instant;

/**
 * The connection at one moment.
 *
 * @param status where it stands
 * @param sessionId the session, also while the connection is suspended; 0 before the first and after a loss
 * @param sessionTimeoutMillis as the server granted it; 0 before the first connection
 * @param since when this status began
 */
public record ZkConnection(Status status, long sessionId, int sessionTimeoutMillis, Instant since) {

    /** Where a connection stands. */
    public enum Status {
        /** There was none yet. */
        NEVER,
        /** Requests are answered. */
        CONNECTED,
        /** The connection is gone, or leads to a server that is read-only; whether the session lives is not known. */
        SUSPENDED,
        /** The session is over, and with it every ephemeral node and every watch. */
        LOST
    }

    public boolean connected() {
        return status == Status.CONNECTED;
    }
}
