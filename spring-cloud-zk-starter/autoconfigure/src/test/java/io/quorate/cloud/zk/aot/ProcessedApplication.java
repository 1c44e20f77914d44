package io.quorate.cloud.zk.aot;

import io.quorate.cloud.zk.application.JavaProgram;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor;

/** An application processed ahead of time, as the goal {@code process-aot} does it. */
final class ProcessedApplication {

    private final Class<?> application;
    private final Path sources;
    private final Path resources;
    private final Path classes;

    private ProcessedApplication(Class<?> application, Path directory) {
        this.application = application;
        sources = directory.resolve("sources");
        resources = directory.resolve("resources");
        classes = directory.resolve("classes");
    }

    /**
     * Processes an application and compiles what comes of it.
     *
     * @param arguments with which conditions are decided
     * @param directory for everything that is generated
     */
    static ProcessedApplication of(Class<?> application, List<String> arguments, Path directory) throws IOException {
        ProcessedApplication processed = new ProcessedApplication(application, directory);
        new SpringApplicationAotProcessor(
                        application,
                        AbstractAotProcessor.Settings.builder()
                                .sourceOutput(processed.sources)
                                .resourceOutput(processed.resources)
                                .classOutput(processed.classes)
                                .groupId("test")
                                .artifactId("test")
                                .build(),
                        arguments.toArray(String[]::new))
                .process();
        processed.compile();
        return processed;
    }

    private void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter told = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> generated =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath());
            if (!compiler.getTask(told, files, null, options, null, files.getJavaFileObjectsFromPaths(generated))
                    .call()) {
                throw new AssertionError("What was generated does not compile: " + told);
            }
        }
    }

    private String classPath() {
        return String.join(
                File.pathSeparator, classes.toString(), resources.toString(), System.getProperty("java.class.path"));
    }

    /** Starts it, with what was generated and without looking for configuration; the caller ends it. */
    Process start(List<String> arguments, Path output) throws IOException {
        return JavaProgram.start(classPath(), List.of("-Dspring.aot.enabled=true"), application, arguments, output);
    }
}
