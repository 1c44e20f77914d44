package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every item of the conformance checklist has a test, or a reason in {@code checklist-not-covered.txt}. */
final class ChecklistCoverageTest {

    private static final int ITEMS = 125;

    @Test
    @DisplayName("every item of the checklist has a test or a reason, and none has both")
    void everyItemIsAccountedFor() throws Exception {
        SortedSet<Integer> covered = new TreeSet<>();
        for (Class<?> kit : kits()) {
            for (Method method : kit.getDeclaredMethods()) {
                Checklist checklist = method.getAnnotation(Checklist.class);
                if (checklist != null) {
                    IntStream.of(checklist.value()).forEach(covered::add);
                }
            }
        }
        SortedSet<Integer> excused = excused();
        SortedSet<Integer> both = new TreeSet<>(covered);
        both.retainAll(excused);
        SortedSet<Integer> all = new TreeSet<>(covered);
        all.addAll(excused);

        assertThat(both).as("items with a test and a reason why there is none").isEmpty();
        assertThat(all)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ITEMS).boxed().toList());
    }

    @Test
    @DisplayName("a test that names an item runs, and shows the number in its display name")
    void annotatedMethodsAreTests() throws Exception {
        for (Class<?> kit : kits()) {
            for (Method method : kit.getDeclaredMethods()) {
                if (!method.isAnnotationPresent(Checklist.class)) {
                    continue;
                }
                DisplayName name = method.getAnnotation(DisplayName.class);
                assertThat(name).as("display name of %s", method).isNotNull();
                assertThat(name.value()).as("display name of %s", method).startsWith("14.");
                assertThat(Stream.of(method.getAnnotations())
                                .map(each -> each.annotationType().getSimpleName()))
                        .as("%s runs as a test", method)
                        .containsAnyOf("Test", "ParameterizedTest");
            }
        }
    }

    @Test
    @DisplayName("every part of the kit runs on the reference")
    void everyPartRunsOnTheReference() throws Exception {
        List<Class<?>> parts =
                kits().stream().filter(kit -> kit != ClientProtocolKit.class).toList();
        List<Class<?>> bound = new ArrayList<>();
        for (Class<?> type : classes("Test.class")) {
            if (OnReference.class.isAssignableFrom(type)) {
                bound.add(type.getSuperclass());
            }
        }

        assertThat(parts).hasSizeGreaterThan(10);
        assertThat(bound).containsExactlyInAnyOrderElementsOf(parts);
    }

    private static List<Class<?>> kits() throws Exception {
        return classes("Kit.class").stream()
                .filter(type -> Modifier.isAbstract(type.getModifiers()) && !type.isInterface())
                .toList();
    }

    private static List<Class<?>> classes(String suffix)
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path directory =
                Path.of(Objects.requireNonNull(ChecklistCoverageTest.class.getResource("ChecklistCoverageTest.class"))
                        .toURI());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(Objects.requireNonNull(directory.getParent()))) {
            for (String file : files.map(each -> String.valueOf(each.getFileName()))
                    .sorted()
                    .toList()) {
                if (file.endsWith(suffix)) {
                    String name = file.substring(0, file.length() - ".class".length());
                    classes.add(Class.forName(ChecklistCoverageTest.class.getPackageName() + "." + name));
                }
            }
        }
        return classes;
    }

    /** Lines of the form "number: reason"; empty lines and those that begin with # do not count. */
    private static SortedSet<Integer> excused() throws IOException {
        SortedSet<Integer> numbers = new TreeSet<>();
        try (InputStream in =
                Objects.requireNonNull(ChecklistCoverageTest.class.getResourceAsStream("checklist-not-covered.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines()
                    .filter(each -> !each.isBlank() && !each.startsWith("#"))
                    .toList()) {
                assertThat(line).as("a number, a colon and a reason").matches("\\d+: \\S.{20,}");
                numbers.add(Integer.parseInt(line.substring(0, line.indexOf(':'))));
            }
        }
        return numbers;
    }
}
