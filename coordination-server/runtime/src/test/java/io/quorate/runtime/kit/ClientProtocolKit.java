package io.quorate.runtime.kit;

import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.KitSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What all parts of the kit share: one server for the class, and for each test a session and a node of its own to work
 * below. Sessions and connections opened through this class are ended after the test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientProtocolKit implements ServerFactory {

    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable ServerUnderTest server;
    private @Nullable KitSession session;
    private int tests;

    @BeforeAll
    final void startServer() {
        server = newServer();
        server.start(options());
    }

    @AfterAll
    final void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    final void openSession() {
        tests++;
        session = open();
        session.create(root()).ok();
    }

    @AfterEach
    final void closeSessions() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        opened.clear();
    }

    /** The configuration of the class's server. */
    ServerOptions options() {
        return ServerOptions.defaults();
    }

    final ServerUnderTest server() {
        return Objects.requireNonNull(server, "the server starts before the first test");
    }

    /** The session of the running test. */
    final KitSession session() {
        return Objects.requireNonNull(session, "the session is opened before each test");
    }

    /** A node that exists and that no other test knows. */
    final String root() {
        return "/t" + tests;
    }

    /** A path below the test's own node: {@code path("a")} is {@code /t1/a}. */
    final String path(String name) {
        return root() + "/" + name;
    }

    /** A further session on the class's server. */
    final KitSession open() {
        return open(Handshake.newSession());
    }

    final KitSession open(Handshake handshake) {
        return ended(KitSession.open(server().address(), handshake));
    }

    /** A connection without a session. */
    final FrameClient connect() {
        return ended(FrameClient.connect(server().address()));
    }

    /** Has something closed after the test. */
    final <T extends AutoCloseable> T ended(T resource) {
        opened.add(resource);
        return resource;
    }

    /** The expectation that holds for this server. */
    final <T> T expected(DeliberateDifference difference, T reference, T ours) {
        return server().deliberatelyDiffers(difference) ? ours : reference;
    }

    /** Runs a test on a server of its own, for a configuration or a state that cannot be shared. */
    final void withServer(ServerOptions options, Consumer<ServerUnderTest> test) {
        try (ServerUnderTest own = newServer()) {
            own.start(options);
            test.accept(own);
        }
    }
}
