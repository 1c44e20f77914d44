package io.quorate.cloud.zk.config;

import java.io.Serial;

/** An import that is not optional could not be read. The cause says why. */
public final class ConfigImportException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String location;

    ConfigImportException(String location, RuntimeException cause) {
        super("Could not import " + location + ": " + cause.getMessage(), cause);
        this.location = location;
    }

    /** The import as it was written. */
    public String location() {
        return location;
    }
}
