package io.quorate.runtime.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Tells a full disk from other failures. Java passes on the system's text only, in the language of the system. */
final class NoSpace {

    private NoSpace() {}

    /**
     * @param directory where it happened
     * @param wantedBytes how much the command needed; where less is free, the text does not matter
     */
    static boolean isCauseOf(IOException failure, Path directory, long wantedBytes) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded") || free(directory) < wantedBytes;
    }

    private static long free(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            // Not even that can be asked: then it is not the space that is missing.
            return Long.MAX_VALUE;
        }
    }
}
