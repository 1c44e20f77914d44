package io.quorate.cloud.zk.interop;

import io.quorate.cloud.zk.application.JavaProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Programs of this test that run in processes of their own with Spring Cloud Zookeeper, which the build has copied. */
final class TheirLibrary {

    private static final Path JARS = Path.of("target", "spring-cloud-zookeeper");

    private TheirLibrary() {}

    /** With their classes and everything that this test has but ours. */
    static String insteadOfOurs() throws IOException {
        return jars()
                + File.pathSeparator
                + Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !isOurs(Path.of(entry)))
                        .collect(Collectors.joining(File.pathSeparator));
    }

    /** With both, theirs first. */
    static String besideOurs() throws IOException {
        return jars() + File.pathSeparator + System.getProperty("java.class.path");
    }

    /** With both, ours first. */
    static String behindOurs() throws IOException {
        return System.getProperty("java.class.path") + File.pathSeparator + jars();
    }

    private static String jars() throws IOException {
        try (Stream<Path> jars = Files.list(JARS)) {
            return jars.map(jar -> jar.toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static boolean isOurs(Path entry) {
        return Files.exists(entry.resolve("io/quorate/cloud/zk/config/ZkConfigImports.class"))
                || entry.getFileName().toString().startsWith("spring-cloud-zk-autoconfigure");
    }

    /** Starts a program, which the caller ends. What it says goes to the file. */
    static Process start(String classPath, Class<?> program, List<String> arguments, Path output) throws IOException {
        return JavaProgram.start(classPath, List.of(), program, arguments, output);
    }
}
