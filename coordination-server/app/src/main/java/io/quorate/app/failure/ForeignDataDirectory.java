package io.quorate.app.failure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The data directory belongs to another server, or does not say to whom, or to which database; exit code 3. */
public final class ForeignDataDirectory extends RuntimeException {

    private final String remedy;

    private ForeignDataDirectory(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public static ForeignDataDirectory otherId(Path file, int recorded, int configured) {
        return new ForeignDataDirectory(
                "The data directory " + file.toAbsolutePath().getParent() + " holds the data of server " + recorded
                        + " (its file myid says so), but this server is configured as server " + configured + ".",
                "Set coordination.data-dir to the directory of server " + configured + ", or coordination.server-id="
                        + recorded + " if this is server " + recorded + ". Only if the server really is to be renamed, "
                        + "correct " + file.toAbsolutePath() + ".",
                null);
    }

    public static ForeignDataDirectory notAnId(Path file, String text) {
        return new ForeignDataDirectory(
                "The file " + file.toAbsolutePath() + " does not hold a server id: \"" + text + "\".",
                "Write the id of this server into it, a decimal number from 1 to 255 and nothing else.",
                null);
    }

    public static ForeignDataDirectory unreadable(Path file, Throwable cause) {
        return new ForeignDataDirectory(
                "The file " + file.toAbsolutePath() + ", which says whose data this is, cannot be read: " + cause + ".",
                "Make it readable for the user that runs the server, or set another directory with"
                        + " coordination.data-dir.",
                cause);
    }

    public static ForeignDataDirectory marker(Path file, Throwable cause) {
        return new ForeignDataDirectory(
                "The file " + file.toAbsolutePath() + ", which allows one start with an empty database, cannot be"
                        + " removed: " + cause + ".",
                "Make its directory writable for the user that runs the server, or remove the file.",
                cause);
    }

    /** What to do about it, in one sentence or two. */
    public String remedy() {
        return remedy;
    }
}
