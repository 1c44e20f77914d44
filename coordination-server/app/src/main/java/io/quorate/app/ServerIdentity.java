package io.quorate.app;

import io.quorate.app.failure.ForeignDataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Whose data directory this is: the file {@code myid} in it, against the configured id. Written at the first start, so
 * that a later start under another id cannot mistake the data for its own.
 */
final class ServerIdentity {

    private static final String FILE = "myid";
    private static final int DEFAULT_ID = 1;
    private static final int MAX_ID = 255;

    private final Path file;
    private final @Nullable Integer configured;

    ServerIdentity(Path dataDir, @Nullable Integer configured) {
        this.file = dataDir.resolve(FILE);
        this.configured = configured;
    }

    /** Whether the configuration or the directory says an id. */
    boolean isKnown() {
        return configured != null || read() != null;
    }

    /**
     * The id to run under.
     *
     * @throws ForeignDataDirectory when the directory belongs to another id, or {@code myid} holds none
     */
    int resolve() {
        Integer recorded = read();
        if (recorded == null) {
            return configured == null ? DEFAULT_ID : configured;
        }
        if (configured != null && !configured.equals(recorded)) {
            throw ForeignDataDirectory.otherId(file, recorded, configured);
        }
        return recorded;
    }

    /** Records the id if there is no record. To be called with the directory locked. */
    void claim(int id) {
        Integer recorded = read();
        if (recorded == null) {
            write(id);
        } else if (recorded != id) {
            throw ForeignDataDirectory.otherId(file, recorded, id);
        }
    }

    private @Nullable Integer read() {
        if (!Files.exists(file)) {
            return null;
        }
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw ForeignDataDirectory.unreadable(file, unreadable);
        }
        // Four digits hold every id and cannot overflow.
        int id = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (id < 1 || id > MAX_ID) {
            throw ForeignDataDirectory.notAnId(file, text);
        }
        return id;
    }

    /** Under another name first: a process that dies meanwhile leaves no half-written id. */
    private void write(int id) {
        Path draft = file.resolveSibling(FILE + ".new");
        try {
            Files.writeString(
                    draft,
                    id + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write " + file.toAbsolutePath(), unwritable);
        }
    }
}
