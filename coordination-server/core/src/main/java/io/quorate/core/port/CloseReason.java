package io.quorate.core.port;

/** Why the server closes a client's connection: for logs and metrics, nothing of it is sent. */
public enum CloseReason {
    NOT_SERVING,
    MALFORMED_FRAME,
    UNKNOWN_OPERATION,
    ZXID_AHEAD,
    SESSION_INVALID,
    SESSION_CLOSED,
    SESSION_EXPIRED,
    SESSION_RESUMED_ELSEWHERE,
    AUTHENTICATION_FAILED,
    AUTHENTICATION_REQUIRED,
    TOO_MANY_CONNECTIONS,
    CONNECTION_THROTTLED,
    LARGE_REQUEST_LIMIT,
    IDLE_WITHOUT_SESSION,
    SLOW_READER,
    SHUTDOWN
}
