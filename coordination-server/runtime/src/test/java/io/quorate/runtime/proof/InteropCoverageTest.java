package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every item of the interoperability checklist is tied to tests that exist, or says why there is none. */
final class InteropCoverageTest {

    private static final int ITEMS = 83;
    private static final Pattern LINE = Pattern.compile("(\\d+) +([\\w., ]*?) *(?:\\| (.{15,}))?");
    private static final Pattern ITEM_IN_NAME = Pattern.compile("10\\.(\\d+)");
    private static final List<Class<?>> STAGED = List.of(
            RollingReplacementIT.class,
            SynchronisationIT.class,
            LostMembersIT.class,
            MixedSoakIT.class,
            HeldBackIT.class,
            UnequalMembersIT.class,
            CounterEndIT.class,
            FileToolsIT.class);

    /** What a line says. */
    private record Item(List<String> tests, String reason) {}

    private final Map<Integer, Item> items = new TreeMap<>();

    InteropCoverageTest() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(InteropCoverageTest.class.getResourceAsStream("interop-checklist.txt"))) {
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
                Item item = new Item(tests, matcher.group(3) == null ? "" : matcher.group(3));
                assertThat(items.put(Integer.valueOf(matcher.group(1)), item))
                        .as("a second line: %s", line)
                        .isNull();
            }
        }
    }

    @Test
    @DisplayName("every item has a line, with a test or a reason")
    void everyItemIsAccountedFor() {
        assertThat(items.keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ITEMS).boxed().toList());
        assertThat(items.entrySet())
                .allMatch(item -> !item.getValue().tests().isEmpty()
                        || !item.getValue().reason().isEmpty());
    }

    @Test
    @DisplayName("every test that is named is there")
    void everyTestExists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Item item : items.values()) {
            for (String test : item.tests()) {
                if (!exists(test)) {
                    missing.add(test);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    @DisplayName("a proof whose name claims an item is named there")
    void everyClaimIsListed() {
        for (Class<?> proof : STAGED) {
            for (Method method : proof.getDeclaredMethods()) {
                DisplayName name = method.getAnnotation(DisplayName.class);
                if (name == null) {
                    continue;
                }
                Matcher claim = ITEM_IN_NAME.matcher(name.value());
                while (claim.find()) {
                    assertThat(items.get(Integer.valueOf(claim.group(1))).tests())
                            .as("tests of item %s", claim.group(1))
                            .contains(proof.getSimpleName() + "." + method.getName());
                }
            }
        }
    }

    /** @param test a class, or a class and a method, of any module */
    private static boolean exists(String test) throws IOException {
        int dot = test.indexOf('.');
        String file = (dot < 0 ? test : test.substring(0, dot)) + ".java";
        for (String module : List.of("core", "simulation", "runtime", "app")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                for (Path path : files.filter(each -> each.endsWith(file)).toList()) {
                    String source = Files.readString(path);
                    boolean runs =
                            Stream.of("@Test", "@ParameterizedTest", "@Nested").anyMatch(source::contains);
                    if (runs && (dot < 0 || source.contains("void " + test.substring(dot + 1) + "("))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
