package io.quorate.cloud.zk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Apache ZooKeeper with settings of the test's choice. In a process of its own, since it takes some of them from system
 * properties, where the client of the test would find them as well.
 */
public final class ZooKeeperProcess implements AutoCloseable {

    private final Process process;

    private ZooKeeperProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it and does not wait for it.
     *
     * @param directory for everything that it writes
     * @param settings lines of its {@code zoo.cfg}, without the directory of its data, which is {@code data}
     */
    public static ZooKeeperProcess start(Path directory, List<String> settings) throws IOException {
        List<String> lines = new ArrayList<>(settings);
        lines.add("dataDir=" + directory.resolve("data"));
        lines.add("tickTime=500");
        lines.add("admin.enableServer=false");
        Path configuration = directory.resolve("zoo.cfg");
        Files.write(configuration, lines);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("zookeeper.log").toFile())
                .start();
        return new ZooKeeperProcess(process);
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new UncheckedIOException(new IOException("ZooKeeper does not end, process " + process.pid()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
