package io.quorate.cloud.zk.application;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of these tests in processes of their own. */
public final class JavaProgram {

    private JavaProgram() {}

    /**
     * Starts a program, which the caller ends. What it says goes to the file.
     *
     * @param options of the virtual machine, beyond those that make a cheap start
     */
    public static Process start(
            String classPath, List<String> options, Class<?> program, List<String> arguments, Path output)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Dspring.docker.compose.enabled=false"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
