package io.quorate.cloud.zk.embedded;

import io.quorate.runtime.disk.DataDirectoryException;
import io.quorate.runtime.loop.PortUnavailable;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.ServerOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** A server that serves on loopback until it is closed. Only loaded where the server is on the class path. */
final class EmbeddedServer implements RunningServer {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private final CoordinationServer server;
    /** Removed at the end; null where the data is to stay. */
    private final @Nullable Path temporary;

    private EmbeddedServer(CoordinationServer server, @Nullable Path temporary) {
        this.server = server;
        this.temporary = temporary;
    }

    /**
     * Returns when it serves.
     *
     * @throws EmbeddedServerException when it cannot be started; then nothing of it is left
     */
    static EmbeddedServer start(ZkEmbeddedProperties properties) {
        File configured = properties.embeddedDataDir();
        Path temporary = configured == null ? temporaryDirectory() : null;
        Path directory = temporary == null ? configured.toPath() : temporary;
        try {
            EmbeddedServer started = new EmbeddedServer(
                    CoordinationServer.start(
                            ServerOptions.embedded(directory).withClientPort(properties.embeddedPort())),
                    temporary);
            LOG.info(
                    "A Quorate server inside this application serves at {}, its data is in {}{}",
                    started.address(),
                    directory.toAbsolutePath(),
                    temporary == null ? "" : " until the application ends");
            return started;
        } catch (RuntimeException failed) {
            remove(temporary);
            throw new EmbeddedServerException(
                    "The server inside the application could not be started: " + failed.getMessage(),
                    remedy(failed),
                    failed);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("quorate-embedded");
        } catch (IOException failed) {
            throw new EmbeddedServerException(
                    "There is no temporary directory for the server inside the application: " + failed,
                    "Make the directory that java.io.tmpdir names writable, or set"
                            + " spring.cloud.zookeeper.embedded-data-dir.",
                    failed);
        }
    }

    private static String remedy(RuntimeException failed) {
        if (failed instanceof PortUnavailable || failed instanceof IllegalArgumentException) {
            return "Set spring.cloud.zookeeper.embedded-port to a free port, or remove it to take any.";
        }
        return failed instanceof DataDirectoryException
                ? "Set spring.cloud.zookeeper.embedded-data-dir to a directory that no other server uses and that can"
                        + " be written, or remove it for a temporary one."
                : "Move the content of spring.cloud.zookeeper.embedded-data-dir away to start with none, or remove the"
                        + " property for a temporary directory.";
    }

    @Override
    public String address() {
        return server.connectString();
    }

    @Override
    public void close() {
        server.close();
        remove(temporary);
    }

    private static void remove(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException left) {
            LOG.warn("The temporary directory {} was not removed: {}", directory, left.toString());
        }
    }
}
