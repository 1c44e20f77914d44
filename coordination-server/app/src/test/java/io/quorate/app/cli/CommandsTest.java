package io.quorate.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> received = new ArrayList<>();

    private final Command command = new Command() {
        @Override
        public String name() {
            return "answer";
        }

        @Override
        public String summary() {
            return "gives the answer";
        }

        @Override
        public int run(List<String> arguments, PrintStream to, PrintStream errors) {
            received.addAll(arguments);
            return 42;
        }
    };

    private Commands.Outcome dispatch(String... arguments) {
        return Commands.dispatch(List.of(command), arguments, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    @Test
    void withoutACommandTheServerStarts() {
        assertThat(dispatch().startsServer()).isTrue();
        Commands.Outcome outcome = dispatch("--server.port=1");
        assertThat(outcome.startsServer()).isTrue();
        assertThat(outcome.arguments()).containsExactly("--server.port=1");
    }

    @Test
    void aCommandGetsItsArgumentsAndGivesTheExitCode() {
        Commands.Outcome outcome = dispatch("answer", "a", "-b");

        assertThat(outcome.startsServer()).isFalse();
        assertThat(outcome.exitCode()).isEqualTo(42);
        assertThat(received).containsExactly("a", "-b");
    }

    @Test
    void anUnknownCommandIsAnError() {
        Commands.Outcome outcome = dispatch("anwser");

        assertThat(outcome.startsServer()).isFalse();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Unknown command \"anwser\"")
                .contains("gives the answer");
        assertThat(received).isEmpty();
    }

    @Test
    void helpIsNoError() {
        assertThat(dispatch("--help").exitCode()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("answer").contains("zoo.cfg");
    }

    @Test
    void aFileIsTakenForAConfiguration(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("zoo.cfg"));

        Commands.Outcome outcome = dispatch(file.toString(), "--server.port=1");

        assertThat(outcome.startsServer()).isTrue();
        assertThat(outcome.arguments()).containsExactly("--coordination.zoo-cfg=" + file, "--server.port=1");
    }

    @Test
    void statusIsThere() {
        assertThat(Commands.dispatch(new String[] {"status", "not an address:x"})
                        .exitCode())
                .isEqualTo(2);
    }
}
