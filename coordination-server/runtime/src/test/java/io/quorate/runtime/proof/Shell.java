package io.quorate.runtime.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** ZooKeeper's own command line shell, in a process of its own, as {@code zkCli.sh} starts it. */
final class Shell {

    private static final int PATIENCE_SECONDS = 120;

    /**
     * What it printed and how it ended.
     *
     * @param replies in order, without what differs from server to server: ids, times, ports
     * @param unordered watch events, which are printed between the replies, and identities, which have no order; sorted
     */
    record Outcome(List<String> replies, List<String> unordered, int exitCode) {}

    private final Path directory;
    private final String connectString;

    Shell(Path directory, String connectString) {
        this.directory = directory;
        this.connectString = connectString;
    }

    /** One command on the command line. */
    Outcome run(String... command) {
        return start(List.of(command), "");
    }

    /** A session at the prompt. */
    Outcome type(List<String> lines) {
        return start(List.of(), String.join("\n", lines) + "\nquit\n");
    }

    private Outcome start(List<String> arguments, String input) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=" + directory.resolve("shell-logback.xml"),
                "org.apache.zookeeper.ZooKeeperMain",
                "-server",
                connectString));
        command.addAll(arguments);
        try {
            Files.writeString(directory.resolve("shell-logback.xml"), "<configuration/>");
            Path in = Files.writeString(directory.resolve("shell-input"), input);
            Path out = directory.resolve("shell-output");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("The shell did not end; it printed\n" + Files.readString(out));
            }
            return outcome(Files.readString(out, StandardCharsets.UTF_8), process.exitValue());
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot run the shell in " + directory, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Outcome outcome(String output, int exitCode) {
        List<String> replies = new ArrayList<>();
        List<String> unordered = new ArrayList<>();
        for (String line : output.split("\n")) {
            String same = line.replace(connectString, "SERVER")
                    .replaceAll("0x[0-9a-f]+", "ID")
                    .replaceAll("time = .*", "time = TIME")
                    .replaceAll("zxid: -?[0-9]+", "zxid: ID");
            if (same.matches("WATCHER::|WatchedEvent .* type:None .*")) {
                // Of the client's own state, and whether it prints that before it ends is a matter of chance.
                continue;
            }
            if (same.matches("(WatchedEvent|ip: |digest: ).*")) {
                unordered.add(same);
            } else if (!same.isBlank()) {
                replies.add(same);
            }
        }
        unordered.sort(null);
        return new Outcome(replies, unordered, exitCode);
    }
}
