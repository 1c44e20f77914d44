package io.quorate.cloud.zk.config;

import java.io.Serial;

/** An import that does not follow the grammar. */
public final class MalformedImportException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String location;

    MalformedImportException(String location, String fault) {
        super("The import '" + location + "' cannot be understood: " + fault);
        this.location = location;
    }

    /** The import as it was written. */
    public String location() {
        return location;
    }
}
