package io.quorate.core.port;

/**
 * What operators see of one connection.
 *
 * @param sessionId 0 while there is none
 * @param lastXid xid of the request answered last
 * @param openedMillis wall clock of its opening, milliseconds since 1970
 * @param queued requests read and not answered
 * @param lastReplyMillis wall clock of the last reply, milliseconds since 1970; 0 before the first
 * @param minLatencyMillis 0 before the first reply
 */
public record ConnectionView(
        long link,
        String address,
        long sessionId,
        int timeoutMillis,
        long openedMillis,
        int queued,
        long received,
        long sent,
        String lastOperation,
        int lastXid,
        long lastZxid,
        long lastReplyMillis,
        long lastLatencyMillis,
        long minLatencyMillis,
        long averageLatencyMillis,
        long maxLatencyMillis) {}
