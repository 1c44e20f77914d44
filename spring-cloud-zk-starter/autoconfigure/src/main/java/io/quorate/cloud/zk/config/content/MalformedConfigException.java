package io.quorate.cloud.zk.config.content;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A node that should hold a document holds something else. Says where, but never what: values may be secrets. */
public final class MalformedConfigException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String path;

    MalformedConfigException(String path, String format, @Nullable String place) {
        super("The node " + path + " holds no valid " + format + " document"
                + (place == null ? "" : ": the fault is at " + place));
        this.path = path;
    }

    /** The znode that cannot be parsed. */
    public String path() {
        return path;
    }
}
