package io.quorate.cloud.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every acceptance check is tied to tests that exist, or says why there is none. */
final class AcceptanceCoverageTest {

    private static final int CHECKS = 40;
    private static final Pattern LINE = Pattern.compile("(\\d+) +([\\w., ]*?) *(?:\\| (.{15,}))?");
    private static final Path MODULES = Path.of("..");

    /** What a line says. */
    private record Check(List<String> tests, String reason) {}

    private final Map<Integer, Check> checks = new TreeMap<>();

    AcceptanceCoverageTest() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(AcceptanceCoverageTest.class.getResourceAsStream("acceptance-checks.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines()
                    .filter(each -> !each.isBlank() && !each.startsWith("#"))
                    .toList()) {
                Matcher matcher = LINE.matcher(line);
                assertThat(matcher.matches())
                        .as("number, tests, reason: %s", line)
                        .isTrue();
                List<String> tests = Stream.of(matcher.group(2).split(", *"))
                        .filter(test -> !test.isEmpty())
                        .toList();
                Check check = new Check(tests, matcher.group(3) == null ? "" : matcher.group(3));
                assertThat(checks.put(Integer.valueOf(matcher.group(1)), check))
                        .as("a second line: %s", line)
                        .isNull();
            }
        }
    }

    @Test
    void everyCheckIsAccountedFor() {
        assertThat(checks.keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, CHECKS).boxed().toList());
        assertThat(checks.entrySet())
                .allMatch(check -> !check.getValue().tests().isEmpty()
                        || !check.getValue().reason().isEmpty());
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Map<String, String> sources = testSources();
        List<String> missing = new ArrayList<>();
        for (Check check : checks.values()) {
            for (String test : check.tests()) {
                if (!exists(test, sources)) {
                    missing.add(test);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** The sources of all tests of the starter's modules, by class. */
    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (Path directory : List.of(MODULES, MODULES.resolve("sample"))) {
            try (Stream<Path> modules = Files.list(directory)) {
                for (Path module : modules.toList()) {
                    Path tests = module.resolve(Path.of("src", "test", "java"));
                    if (Files.isDirectory(tests)) {
                        addSources(tests, sources);
                    }
                }
            }
        }
        return sources;
    }

    private static void addSources(Path directory, Map<String, String> sources) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith("Test.java") || name.endsWith("IT.java")) {
                    sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
                }
            }
        }
    }

    /** @param test a class, or a class and a method that is annotated as a test */
    private static boolean exists(String test, Map<String, String> sources) {
        int dot = test.indexOf('.');
        String source = sources.get(dot < 0 ? test : test.substring(0, dot));
        String method = dot < 0 ? "\\w+" : test.substring(dot + 1);
        return source != null
                && Pattern.compile("@(Parameterized)?Test\\s[^;{]*?(\\{[^;{]*?)?void " + method + "\\(")
                        .matcher(source)
                        .find();
    }
}
