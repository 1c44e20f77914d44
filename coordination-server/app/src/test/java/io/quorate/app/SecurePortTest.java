package io.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.app.failure.ExitCodes;
import io.quorate.app.tls.TestKeyFile;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.SecureClientPort;
import io.quorate.runtime.tls.ClientCertificates;
import io.quorate.runtime.tls.TlsOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.env.MockEnvironment;

/** From properties, be they Boot's or ZooKeeper's, to a port where connections are encrypted. */
@ExtendWith(OutputCaptureExtension.class)
class SecurePortTest {

    @TempDir
    private Path directory;

    private static @Nullable SecureClientPort portWith(String... properties) {
        MockEnvironment environment = new MockEnvironment();
        for (String property : properties) {
            int equals = property.indexOf('=');
            environment.setProperty("coordination." + property.substring(0, equals), property.substring(equals + 1));
        }
        CoordinationProperties bound =
                Binder.get(environment).bindOrCreate("coordination", CoordinationProperties.class);
        return new SecurePortFactory(bound, environment).securePort();
    }

    private ConfigurableApplicationContext start(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--coordination.data-dir=" + directory.resolve("data"));
        return new SpringApplicationBuilder(CoordinationServerApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(all.toArray(String[]::new));
    }

    private static CoordinationServer serverIn(ConfigurableApplicationContext context) {
        CoordinationServer server =
                context.getBean(CoordinationServerLifecycle.class).server();
        assertThat(server).isNotNull();
        return server;
    }

    private static String asked(Socket socket) throws Exception {
        try (socket) {
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static Socket encrypted(TestKeyFile key, int port) throws Exception {
        return key.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void propertiesBecomeOptions() {
        SecureClientPort port = portWith(
                "secure-client-port=2281",
                "secure-client-port-address=127.0.0.1",
                "ssl.key-store.location=/k.p12",
                "ssl.client-auth=want",
                "ssl.protocol=TLSv1.2",
                "ssl.ciphersuites=TLS_A,TLS_B",
                "client.port-unification=true",
                "client.cert-reload=false",
                "netty.server.outstanding-handshake.limit=7");
        assertThat(port).isNotNull();
        assertThat(port.port()).isEqualTo(2281);
        assertThat(port.address()).isEqualTo("127.0.0.1");
        assertThat(port.onPlainPort()).isTrue();
        TlsOptions tls = port.tls();
        assertThat(tls.clients()).isEqualTo(ClientCertificates.WANT);
        assertThat(tls.protocols()).containsExactly("TLSv1.2");
        assertThat(tls.ciphers()).containsExactly("TLS_A", "TLS_B");
        assertThat(tls.maxHandshakes()).isEqualTo(7);
        assertThat(tls.reload()).isEqualTo(Duration.ZERO);
    }

    @Test
    void whatIsNotSaidIsSafe() {
        SecureClientPort port = portWith("secure-client-port=0", "ssl.key-store.location=/k.p12");
        assertThat(port).isNotNull();
        assertThat(port.address()).isEqualTo("0.0.0.0");
        assertThat(port.onPlainPort()).isFalse();
        assertThat(port.tls().clients()).isEqualTo(ClientCertificates.NEED);
        assertThat(port.tls().protocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(port.tls().maxHandshakes()).isEqualTo(1000);
        assertThat(port.tls().reload()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theLimitOfHandshakesMayBeSwitchedOffAndVersionsBeListed() {
        SecureClientPort port = portWith(
                "client.port-unification=true",
                "ssl.key-store.location=/k.p12",
                "ssl.protocol=TLSv1.2",
                "ssl.enabled-protocols=TLSv1.3",
                "netty.server.outstanding-handshake.limit=-1");
        assertThat(port).isNotNull();
        assertThat(port.port()).isEqualTo(-1);
        assertThat(port.tls().protocols()).containsExactly("TLSv1.3");
        assertThat(port.tls().maxHandshakes()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aPortWithoutKeysIsRefusedAndKeysWithoutAPortAreWarnedOf(CapturedOutput output) {
        for (String without : List.of("secure-client-port=2281", "client.port-unification=true")) {
            assertThatThrownBy(() -> portWith(without))
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .hasMessageContaining("coordination.ssl.bundle");
        }
        assertThat(portWith("ssl.key-store.location=/k.p12")).isNull();
        assertThat(output).contains("coordination.ssl.* changes nothing");
    }

    @Test
    void versionsThatAreNotSafeAreRefused() {
        for (String version : List.of("ssl.protocol=TLSv1.1", "ssl.enabled-protocols=TLSv1.3,TLSv1.1")) {
            assertThatThrownBy(() -> portWith("secure-client-port=0", "ssl.key-store.location=/k", version))
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .hasMessageContaining("TLSv1.1")
                    .hasMessageContaining("coordination." + version.substring(0, version.indexOf('=')));
        }
    }

    @Test
    void aFileOfZooKeeperIsTakenAsItStands(CapturedOutput output) throws Exception {
        TestKeyFile key = TestKeyFile.make(directory.resolve("server.p12"), "PKCS12");
        Path zooCfg = Files.write(
                directory.resolve("zoo.cfg"),
                List.of(
                        "dataDir=" + directory.resolve("data"),
                        "secureClientPort=0",
                        "secureClientPortAddress=127.0.0.1",
                        "serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory",
                        "authProvider.x509=org.apache.zookeeper.server.auth.X509AuthenticationProvider",
                        "ssl.keyStore.location=" + key.file(),
                        "ssl.keyStore.password=" + TestKeyFile.PASSWORD,
                        "ssl.trustStore.location=" + key.file(),
                        "ssl.trustStore.password=" + TestKeyFile.PASSWORD));
        try (ConfigurableApplicationContext context = start("--coordination.zoo-cfg=" + zooCfg)) {
            CoordinationServer server = serverIn(context);
            assertThat(server.clientPort())
                    .as("ZooKeeper opens no plain port either")
                    .isEqualTo(-1);
            assertThat(asked(encrypted(key, server.secureClientPort()))).contains("Mode: standalone");
            assertThat(output).contains("clients on 127.0.0.1:" + server.secureClientPort() + ", encrypted");
        }
        assertThat(output).doesNotContain(TestKeyFile.PASSWORD);
    }

    @Test
    void aBundleEncryptsThePlainPortToo(CapturedOutput output) throws Exception {
        TestKeyFile key = TestKeyFile.make(directory.resolve("server.p12"), "PKCS12");
        String bundle = "--spring.ssl.bundle.jks.server.";
        try (ConfigurableApplicationContext context = start(
                "--coordination.client-port=0",
                "--coordination.client-port-address=127.0.0.1",
                "--coordination.client.port-unification=true",
                "--coordination.ssl.bundle=server",
                bundle + "keystore.location=file:" + key.file(),
                bundle + "keystore.password=" + TestKeyFile.PASSWORD,
                bundle + "truststore.location=file:" + key.file(),
                bundle + "truststore.password=" + TestKeyFile.PASSWORD)) {
            int port = serverIn(context).clientPort();
            assertThat(asked(encrypted(key, port))).contains("Mode: standalone");
            assertThat(asked(new Socket(InetAddress.getLoopbackAddress(), port)))
                    .contains("Mode: standalone");
            assertThat(output).contains("clients on 127.0.0.1:" + port + ", encrypted or not");
        }
        assertThat(output).doesNotContain(TestKeyFile.PASSWORD);
    }

    @Test
    void aWrongPasswordStopsTheStartAndIsNotTold(CapturedOutput output) throws Exception {
        TestKeyFile key = TestKeyFile.make(directory.resolve("server.p12"), "PKCS12");
        assertThatThrownBy(() -> start(
                        "--coordination.secure-client-port=0",
                        "--coordination.ssl.key-store.location=" + key.file(),
                        "--coordination.ssl.key-store.password=a-wrong-one"))
                .satisfies(failed -> assertThat(ExitCodes.of(failed)).isEqualTo(ExitCodes.CONFIGURATION));
        assertThat(output)
                .contains("Client connections cannot be encrypted")
                .contains("coordination.ssl.key-store.location=" + key.file())
                .doesNotContain("a-wrong-one");
    }

    @Test
    void aBadPropertyIsToldWithoutThePassword(CapturedOutput output) {
        assertThatThrownBy(() -> start("--coordination.ssl.key-store.password.x=a-secret"))
                .isNotNull();
        assertThat(output).contains("coordination.ssl.key-store.password.x=***").doesNotContain("a-secret");
    }
}
