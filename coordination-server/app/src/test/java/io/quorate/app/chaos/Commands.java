package io.quorate.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The system's own commands. */
final class Commands {

    private Commands() {}

    /** Runs one to its end. @return what it complained of; empty when it succeeded */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            return code == 0
                    ? ""
                    : String.format(Locale.ROOT, "%s ended with %d: %s", List.of(command), code, said.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + List.of(command), e);
        }
    }

    static void must(String... command) {
        String complaint = run(command);
        if (!complaint.isEmpty()) {
            throw new IllegalStateException(complaint);
        }
    }
}
