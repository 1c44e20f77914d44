package io.quorate.runtime.kit;

import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Apache ZooKeeper, of the version on the test class path, in a process of its own on loopback. */
final class ReferenceServer implements ServerUnderTest, EnsembleMember {

    private static final int LOG_TAIL_LINES = 40;

    /** The server id. */
    private final int member;
    /** True for a member of an ensemble; a single server chooses its ports anew at each launch. */
    private final boolean portsAreFixed;

    private final Thread killAtExit = new Thread(this::kill, "kill-reference-server");
    private @Nullable Path directory;
    private @Nullable ServerOptions options;
    private @Nullable Process process;
    private @Nullable ReferencePorts ports;
    /** 0 where every connection is plain. */
    private int securePort;

    ReferenceServer() {
        member = 1;
        portsAreFixed = false;
    }

    /** A member of an ensemble whose ports are known to all. */
    ReferenceServer(int member, ReferencePorts ports) {
        this.member = member;
        this.ports = ports;
        portsAreFixed = true;
    }

    @Override
    public void start(ServerOptions newOptions) {
        launchFirst(newOptions);
        awaitServing();
    }

    @Override
    public void launchFirst(ServerOptions newOptions) {
        if (directory != null) {
            throw new IllegalStateException("This server has been started already");
        }
        options = newOptions;
        try {
            directory = Files.createTempDirectory("reference-server");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the reference server's directory", e);
        }
        Runtime.getRuntime().addShutdownHook(killAtExit);
        launch();
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    @Override
    public InetSocketAddress secureAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), securePort);
    }

    @Override
    public void stop() {
        end(Process::destroy);
    }

    @Override
    public void restart() {
        stop();
        launch();
        awaitServing();
    }

    @Override
    public void kill() {
        end(Process::destroyForcibly);
    }

    @Override
    public boolean deliberatelyDiffers(DeliberateDifference difference) {
        return false;
    }

    @Override
    public void close() {
        if (directory == null) {
            return;
        }
        kill();
        Runtime.getRuntime().removeShutdownHook(killAtExit);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
        directory = null;
    }

    private void launch() {
        Path home = Objects.requireNonNull(directory);
        ServerOptions current = Objects.requireNonNull(options);
        if (!portsAreFixed) {
            ports = ReferencePorts.of(current);
        }
        securePort = current.encryption() == null ? 0 : FreePorts.one();
        ReferenceConfiguration configuration =
                new ReferenceConfiguration(current, home, Objects.requireNonNull(ports), member, securePort);
        try {
            configuration.write();
            process = new ProcessBuilder(configuration.command())
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log(home)))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the reference server in " + home, e);
        }
    }

    @Override
    public void launchAgain() {
        launch();
    }

    @Override
    public void awaitServing() {
        Eventually.until("the reference server serves on port " + port(), this::serves);
    }

    private int port() {
        return Objects.requireNonNull(ports, "the port is known once the server starts")
                .client()
                .get(member - 1);
    }

    private boolean serves() {
        if (!Objects.requireNonNull(process).isAlive()) {
            throw new AssertionError("The reference server ended; its log ends with\n" + logTail());
        }
        boolean readOnly = Objects.requireNonNull(options).shape() == ServerOptions.Shape.WITHOUT_QUORUM;
        Handshake handshake = Handshake.newSession().withTimeoutMillis(1).withReadOnly(readOnly);
        return FrameClient.isAnswered(address(), handshake);
    }

    private void end(Consumer<Process> how) {
        Process running = process;
        if (running == null) {
            return;
        }
        how.accept(running);
        try {
            if (!running.waitFor(FrameClient.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
        process = null;
    }

    private String logTail() {
        try {
            List<String> lines =
                    Files.readAllLines(log(Objects.requireNonNull(directory)).toPath());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private static File log(Path home) {
        return home.resolve("server.log").toFile();
    }
}
