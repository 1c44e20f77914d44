package io.quorate.cloud.zk.config;

import java.io.Serial;

/** Servers that were connected did not answer in time, or the connection went while configuration was read. */
public final class UnreadableConfigException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    UnreadableConfigException(String message) {
        super(message);
    }
}
