package io.quorate.cloud.zk.embedded;

import org.jspecify.annotations.Nullable;

/** The server inside the application was asked for and cannot be there. */
public final class EmbeddedServerException extends RuntimeException {

    private final String remedy;

    EmbeddedServerException(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** How to mend it, for people. */
    public String remedy() {
        return remedy;
    }
}
