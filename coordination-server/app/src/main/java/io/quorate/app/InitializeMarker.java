package io.quorate.app;

import io.quorate.app.failure.ForeignDataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file by which an operator says that an empty database is expected, for one start (quorum protocol 9.8). It goes
 * before the data is looked at: one that stayed would excuse the next loss as well.
 */
final class InitializeMarker {

    private static final Logger LOG = LoggerFactory.getLogger(InitializeMarker.class);
    private static final String FILE = "initialize";

    private final Path file;

    private InitializeMarker(Path file) {
        this.file = file;
    }

    static InitializeMarker in(Path dataDir) {
        return new InitializeMarker(dataDir.resolve(FILE));
    }

    boolean isThere() {
        return Files.exists(file);
    }

    /** @throws ForeignDataDirectory when it is there and cannot be removed */
    void consume() {
        if (!isThere()) {
            return;
        }
        try {
            Files.delete(file);
            LOG.info("Removed {}, which allows this one start to begin with an empty database", file);
        } catch (IOException undeletable) {
            throw ForeignDataDirectory.marker(file, undeletable);
        }
    }
}
