package io.quorate.cloud.zk.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Apache ZooKeeper with TLS only, which asks clients for their certificate. In a process of its own, since it takes its
 * keys from system properties, where the client of the test would find them as well.
 */
final class SecureZooKeeper implements AutoCloseable {

    private final Process process;
    private final int port;

    private SecureZooKeeper(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static SecureZooKeeper start(Path directory, TestKeys keys) throws IOException {
        int port = freePort();
        Path configuration = directory.resolve("zoo.cfg");
        Files.write(
                configuration,
                List.of(
                        "dataDir=" + directory.resolve("data"),
                        "tickTime=500",
                        "secureClientPort=" + port,
                        "secureClientPortAddress=127.0.0.1",
                        "serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory",
                        "admin.enableServer=false",
                        "ssl.keyStore.location=" + keys.keyStore(),
                        "ssl.keyStore.password=" + TestKeys.PASSWORD,
                        "ssl.trustStore.location=" + keys.trustStore(),
                        "ssl.trustStore.password=" + TestKeys.PASSWORD));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.apache.zookeeper.server.ZooKeeperServerMain",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("zookeeper.log").toFile())
                .start();
        return new SecureZooKeeper(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String connectString() {
        return "localhost:" + port;
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
