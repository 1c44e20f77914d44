package io.quorate.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.Limits;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.kit.Eventually;
import io.quorate.runtime.kit.TestKeys;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.ServerClosed;
import io.quorate.runtime.metrics.ServerStatistics;
import io.quorate.runtime.tls.ClientCertificates;
import io.quorate.runtime.tls.TlsKeys;
import io.quorate.runtime.tls.TlsKeysUnusable;
import io.quorate.runtime.tls.TlsMaterial;
import io.quorate.runtime.tls.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kit cannot ask of every server: limits, keys that change, keys that cannot be used. */
class EncryptedServerTest {

    private static final String ALICE = "alice";

    @TempDir
    private static Path keyDirectory;

    private static TestKeys keys;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.in(keyDirectory, ALICE);
    }

    private static TlsMaterial material() {
        return new TlsMaterial(keys.keysOf(TestKeys.SERVER), keys.trust());
    }

    private static TlsKeys unchanging() {
        TlsMaterial material = material();
        return () -> material;
    }

    private static TlsOptions tls(TlsKeys from, int maxHandshakes) {
        return new TlsOptions(
                from, ClientCertificates.NEED, List.of(), List.of(), maxHandshakes, Duration.ofMillis(20));
    }

    private ServerOptions options() {
        return ServerOptions.embedded(directory);
    }

    private ServerOptions impatient() {
        Limits limits = Limits.DEFAULTS;
        return options()
                .withReplica(ReplicaOptions.defaults()
                        .withLimits(limits.withLinks(limits.links().withIdleHandshakeMillis(200))));
    }

    private static CoordinationServer start(ServerOptions options, TlsOptions tls) {
        return CoordinationServer.start(options.withSecurePort(SecureClientPort.embedded(tls)));
    }

    private static InetSocketAddress securePort(CoordinationServer server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.secureClientPort());
    }

    private static KitSession openAlice(CoordinationServer server) {
        InetSocketAddress address = securePort(server);
        return KitSession.open(address, FrameClient.encrypted(address, keys.client(ALICE)), Handshake.newSession());
    }

    private static boolean turnsAliceAway(CoordinationServer server) {
        try (KitSession alice = openAlice(server)) {
            return alice.id() == 0;
        } catch (ServerClosed | UncheckedIOException refused) {
            return true;
        }
    }

    private static ServerStatistics.Encryption encryption(CoordinationServer server) {
        return server.statistics().encryption();
    }

    private static X509Certificate certificateShownBy(CoordinationServer server) throws IOException {
        try (SSLSocket socket = (SSLSocket) keys.client(ALICE)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.secureClientPort())) {
            SSLSession session = socket.getSession();
            return (X509Certificate) session.getPeerCertificates()[0];
        }
    }

    @Test
    void whoComesBeyondTheLimitOfHandshakesIsClosed() {
        try (CoordinationServer server = start(options(), tls(unchanging(), 1))) {
            FrameClient silent = FrameClient.connect(securePort(server));
            Eventually.until("one is shaking hands", () -> encryption(server).underWay() == 1);
            assertThatThrownBy(() -> openAlice(server)).isNotNull();
            Eventually.until("the other is counted", () -> encryption(server).exceeded() == 1);
            silent.close();
            Eventually.until("it has gone", () -> encryption(server).underWay() == 0);
            openAlice(server).close();
            Eventually.until("nobody is shaking hands", () -> encryption(server).underWay() == 0);
            assertThat(encryption(server).exceeded()).isEqualTo(1);
        }
    }

    @Test
    void whoSaysNothingIsClosedOnEitherPort() {
        ServerOptions both =
                impatient().withSecurePort(new SecureClientPort("127.0.0.1", 0, true, tls(unchanging(), 10)));
        try (CoordinationServer server = CoordinationServer.start(both);
                FrameClient secure = FrameClient.connect(securePort(server));
                FrameClient either = FrameClient.connect(server.clientAddress())) {
            // Beyond its last word, which says why.
            assertThat(secure.readToEndLength()).isLessThan(100);
            assertThat(either.isClosedByServer()).isTrue();
            Eventually.until("both are counted", () -> encryption(server).underWay() == 0);
        }
    }

    @Test
    void newKeysAreShownToWhoComesThenAndOpenConnectionsGoOn() throws Exception {
        AtomicReference<TlsMaterial> current = new AtomicReference<>(material());
        try (CoordinationServer server = start(options(), tls(current::get, 10));
                KitSession before = openAlice(server)) {
            X509Certificate first = certificateShownBy(server);
            assertThat(encryption(server).expiresMillis())
                    .isEqualTo(first.getNotAfter().getTime());
            KeyStore renewed = keys.make("renewed", TestKeys.subject(TestKeys.SERVER));
            // Only the server changes: its clients trust what they knew, so it is enough to look at what is shown.
            current.set(new TlsMaterial(keys.keysOf("renewed"), keys.trust()));
            X509Certificate expected = (X509Certificate) renewed.getCertificate("renewed");
            Eventually.until(
                    "the new certificate is in use",
                    () -> encryption(server).expiresMillis()
                            == expected.getNotAfter().getTime());
            // It may expire in the same second as the one before, which is in use until then.
            Eventually.until("who does not know it is turned away", () -> turnsAliceAway(server));
            assertThatThrownBy(() -> openAlice(server))
                    .as("clients do not know the new certificate")
                    .hasStackTraceContaining("signature check failed");
            before.create("/still").ok();
        }
    }

    @Test
    void newKeysThatCannotBeUsedAreCountedAndTheFormerOnesStay() {
        AtomicReference<@Nullable TlsMaterial> current = new AtomicReference<>(material());
        TlsKeys failing = () -> {
            TlsMaterial now = current.get();
            if (now == null) {
                throw new TlsKeysUnusable("the file is empty", new IOException("empty"));
            }
            return now;
        };
        try (CoordinationServer server = start(options(), tls(failing, 10))) {
            current.set(null);
            Eventually.until("they are counted", () -> encryption(server).keysRefused() > 0);
            openAlice(server).close();
        }
    }

    /** As files on a server that does not answer do. */
    @Test
    void handshakesDoNotWaitForKeysThatHangNorDoFurtherLooks() throws Exception {
        TlsMaterial material = material();
        CountDownLatch hanging = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        TlsKeys hang = () -> {
            if (looks.incrementAndGet() > 1) {
                try {
                    hanging.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            return material;
        };
        try (CoordinationServer server = start(options(), tls(hang, 10))) {
            Eventually.until("one looks", () -> looks.get() == 2);
            for (int i = 0; i < 50; i++) {
                openAlice(server).close();
            }
            assertThat(looks).hasValue(2);
            hanging.countDown();
            Eventually.until("others look again", () -> looks.get() > 3);
        }
    }

    @Test
    void aLimitBeyondAllMeasureIsNone() {
        try (CoordinationServer server = start(options(), tls(unchanging(), Integer.MAX_VALUE))) {
            openAlice(server).close();
        }
    }

    @Test
    void keysThatCannotBeUsedPreventTheStartAndNothingIsLeftOfIt() {
        TlsKeys unusable = () -> {
            throw new TlsKeysUnusable("the password is wrong", new IOException("wrong"));
        };
        assertThatThrownBy(() -> start(options(), tls(unusable, 10)))
                .isInstanceOf(TlsKeysUnusable.class)
                .hasMessageContaining("the password is wrong");
        CoordinationServer.start(options()).close();
    }

    @Test
    void keysWithoutAnyKeyPreventTheStart() throws Exception {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        KeyManagerFactory none = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        none.init(empty, new char[0]);
        TlsMaterial nothing = new TlsMaterial(none, keys.trust());
        assertThatThrownBy(() -> start(options(), tls(() -> nothing, 10)))
                .isInstanceOf(TlsKeysUnusable.class)
                .hasMessageContaining("no certificate");
    }

    @Test
    void versionsAndCiphersThatJavaDoesNotKnowPreventTheStart() {
        for (TlsOptions unknown : List.of(
                new TlsOptions(unchanging(), ClientCertificates.NEED, List.of("TLSv9"), List.of(), 10, Duration.ZERO),
                new TlsOptions(
                        unchanging(), ClientCertificates.NEED, List.of(), List.of("TLS_NONE"), 10, Duration.ZERO))) {
            assertThatThrownBy(() -> start(options(), unknown))
                    .isInstanceOf(TlsKeysUnusable.class)
                    .hasMessageMatching("(?s).*(TLSv9|TLS_NONE).*");
        }
    }

    @Test
    void aServerMayHaveNoPlainPort() {
        try (CoordinationServer server = start(options().withClientPort(-1), tls(unchanging(), 10))) {
            assertThat(server.clientPort()).isEqualTo(-1);
            assertThat(server.clientAddress().getPort()).isEqualTo(server.secureClientPort());
            assertThat(server.connectString()).isEqualTo(server.secureConnectString());
            openAlice(server).close();
        }
        assertThatThrownBy(() -> CoordinationServer.start(options().withClientPort(-1)))
                .hasMessageContaining("needs a port for clients");
    }

    @Test
    void aStopDoesNotWaitForHandshakes() {
        CoordinationServer server = start(options(), tls(unchanging(), 10));
        try (FrameClient silent = FrameClient.connect(securePort(server))) {
            Eventually.until("one is shaking hands", () -> encryption(server).underWay() == 1);
            server.close();
            assertThat(silent.readToEndLength()).isLessThan(100);
        }
        Eventually.until(
                "its threads have ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("handshakes")));
    }
}
