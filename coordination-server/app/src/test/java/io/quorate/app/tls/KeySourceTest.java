package io.quorate.app.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.runtime.tls.TlsKeys;
import io.quorate.runtime.tls.TlsKeysUnusable;
import io.quorate.runtime.tls.TlsMaterial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

class KeySourceTest {

    @TempDir
    private Path directory;

    private static TestKeyFile key;
    private final MockEnvironment environment = new MockEnvironment();
    private final Map<String, String> ssl = new HashMap<>();

    /** Once: the program that makes it takes longer than most of these tests, and none of them changes it. */
    @BeforeAll
    static void makeKey(@TempDir Path keys) throws Exception {
        key = TestKeyFile.make(keys.resolve("server.p12"), "PKCS12");
    }

    private KeySource source() {
        ssl.forEach((name, value) -> environment.setProperty("coordination.ssl." + name, value));
        TlsProperties properties = Binder.get(environment).bindOrCreate("coordination.ssl", TlsProperties.class);
        return new KeySource(properties, environment);
    }

    private static Certificate shownBy(TlsMaterial material) {
        X509KeyManager keys = (X509KeyManager) material.keys().getKeyManagers()[0];
        return keys.getCertificateChain(aliasIn(material))[0];
    }

    private static String aliasIn(TlsMaterial material) {
        return ((X509KeyManager) material.keys().getKeyManagers()[0]).getServerAliases("EC", null)[0];
    }

    private static List<X509Certificate> trustedBy(TlsMaterial material) {
        assertThat(material.trust()).isNotNull();
        for (TrustManager manager : material.trust().getTrustManagers()) {
            if (manager instanceof X509TrustManager certificates) {
                return List.of(certificates.getAcceptedIssuers());
            }
        }
        throw new AssertionError("no trust manager for certificates");
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    @ParameterizedTest
    @CsvSource({"PKCS12, .p12", "JKS, .jks"})
    void filesAreTakenForWhatTheirNamesSay(String type, String ending) throws Exception {
        TestKeyFile made = TestKeyFile.make(directory.resolve("keys" + ending), type);
        ssl.put("key-store.location", made.file().toString());
        ssl.put("key-store.password", TestKeyFile.PASSWORD);
        assertThat(shownBy(source().keys().current())).isEqualTo(made.certificate());
        assertThat(source().keys().current().trust()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aKeyAndItsCertificateStandInOneFileInEitherOrder(boolean keyFirst) throws Exception {
        String both = keyFirst ? key.keyPem() + key.certificatePem() : key.certificatePem() + key.keyPem();
        ssl.put("key-store.location", file("server.pem", both).toString());
        TestKeyFile other = TestKeyFile.make(directory.resolve("other.p12"), "PKCS12");
        ssl.put(
                "trust-store.location",
                file("trusted.pem", key.certificatePem() + other.certificatePem())
                        .toString());
        TlsMaterial material = source().keys().current();
        assertThat(shownBy(material)).isEqualTo(key.certificate());
        assertThat(trustedBy(material))
                .containsExactlyInAnyOrder((X509Certificate) key.certificate(), (X509Certificate) other.certificate());
    }

    @Test
    void aTypeWinsOverTheName() throws Exception {
        Path renamed = Files.copy(key.file(), directory.resolve("server.pem"));
        ssl.put("key-store.location", renamed.toString());
        ssl.put("key-store.password", TestKeyFile.PASSWORD);
        ssl.put("key-store.type", "PKCS12");
        assertThat(shownBy(source().keys().current())).isEqualTo(key.certificate());
    }

    @Test
    void aPasswordInAFileWinsAndItsLineEndIsNotPartOfIt() throws Exception {
        ssl.put("key-store.location", key.file().toString());
        ssl.put("key-store.password", "wrong");
        ssl.put(
                "key-store.password-path",
                file("password", TestKeyFile.PASSWORD + "\n").toString());
        assertThat(shownBy(source().keys().current())).isEqualTo(key.certificate());
    }

    @Test
    void whatCannotBeReadIsNamedAndNoPasswordIsTold() throws Exception {
        ssl.put("key-store.location", key.file().toString());
        ssl.put("key-store.password", "a-wrong-one");
        assertThatThrownBy(() -> source().keys().current())
                .isInstanceOf(TlsKeysUnusable.class)
                .hasMessageContaining("coordination.ssl.key-store.location=" + key.file())
                .hasMessageContaining("password")
                .hasMessageNotContaining("a-wrong-one");
        ssl.put("key-store.location", "/nowhere.p12");
        assertThatThrownBy(() -> source().keys().current())
                .hasMessageContaining("coordination.ssl.key-store.location=/nowhere.p12");
        ssl.put("key-store.location", file("server.keys", "").toString());
        assertThatThrownBy(() -> source().keys().current())
                .hasMessageContaining("server.keys")
                .hasMessageContaining("coordination.ssl.key-store.type");
        ssl.put("key-store.password-path", "/no-password");
        ssl.put("key-store.location", key.file().toString());
        assertThatThrownBy(() -> source().keys().current())
                .hasMessageContaining("coordination.ssl.key-store.password-path=/no-password");
    }

    @Test
    void whatIsTrustedIsNamedToo() throws Exception {
        ssl.put("key-store.location", key.file().toString());
        ssl.put("key-store.password", TestKeyFile.PASSWORD);
        ssl.put("trust-store.location", file("trusted.pem", "").toString());
        assertThatThrownBy(() -> source().keys().current())
                .isInstanceOf(TlsKeysUnusable.class)
                .hasMessageContaining("coordination.ssl.trust-store.location");
    }

    @Test
    void theSameKeysAreTheSameObjectAndOthersAreAnother() throws Exception {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        Files.copy(key.file(), first.resolve("tls.p12"));
        TestKeyFile renewed = TestKeyFile.make(second.resolve("tls.p12"), "PKCS12");
        // As Kubernetes mounts a secret: a link to a directory, which is exchanged as a whole.
        Path link = Files.createSymbolicLink(directory.resolve("data"), first);
        ssl.put("key-store.location", link.resolve("tls.p12").toString());
        ssl.put("key-store.password", TestKeyFile.PASSWORD);
        TlsKeys keys = source().keys();
        TlsMaterial before = keys.current();
        assertThat(keys.current()).isSameAs(before);
        Files.delete(link);
        assertThatThrownBy(keys::current).isInstanceOf(TlsKeysUnusable.class);
        Files.createSymbolicLink(link, second);
        TlsMaterial after = keys.current();
        assertThat(shownBy(after)).isEqualTo(renewed.certificate());
        assertThat(keys.current()).isSameAs(after);
    }

    @Test
    void aBundleHasBoth() throws Exception {
        ssl.put("bundle", "coordination");
        String bundle = "spring.ssl.bundle.pem.coordination.";
        environment.setProperty(
                bundle + "keystore.certificate",
                "file:" + file("server.crt", key.certificatePem()).toString());
        environment.setProperty(
                bundle + "keystore.private-key",
                "file:" + file("server.key", key.keyPem()).toString());
        environment.setProperty(bundle + "truststore.certificate", "file:" + directory.resolve("server.crt"));
        TlsMaterial material = source().keys().current();
        assertThat(shownBy(material)).isEqualTo(key.certificate());
        assertThat(trustedBy(material)).containsExactly((X509Certificate) key.certificate());
        Files.delete(directory.resolve("server.key"));
        assertThatThrownBy(() -> source().keys().current())
                .isInstanceOf(TlsKeysUnusable.class)
                .hasMessageContaining("coordination.ssl.bundle=coordination")
                .hasMessageContaining("server.key");
    }

    /** Two files are not exchanged at once: whoever looks in between must look again. */
    @Test
    void aKeyThatIsNotThatOfItsCertificateIsNotTakenUntilItIs() throws Exception {
        ssl.put("bundle", "coordination");
        String bundle = "spring.ssl.bundle.pem.coordination.keystore.";
        environment.setProperty(bundle + "certificate", "file:" + file("server.crt", key.certificatePem()));
        environment.setProperty(bundle + "private-key", "file:" + file("server.key", key.keyPem()));
        TlsKeys keys = source().keys();
        assertThat(shownBy(keys.current())).isEqualTo(key.certificate());
        TestKeyFile renewed = TestKeyFile.make(directory.resolve("renewed.p12"), "PKCS12");

        file("server.crt", renewed.certificatePem());
        for (TlsKeys either : List.of(keys, source().keys())) {
            assertThatThrownBy(either::current)
                    .isInstanceOf(TlsKeysUnusable.class)
                    .hasMessageContaining("the key is not that of the certificate");
        }
        file("server.key", renewed.keyPem());
        TlsMaterial after = keys.current();
        assertThat(shownBy(after)).isEqualTo(renewed.certificate());
        assertThat(((X509KeyManager) after.keys().getKeyManagers()[0]).getPrivateKey(aliasIn(after)))
                .isEqualTo(renewed.key());
    }

    @Test
    void nothingOfAKeyIsToldThatIsWrittenByHalf() throws Exception {
        String whole = key.keyPem() + key.certificatePem();
        ssl.put("key-store.location", directory.resolve("server.pem").toString());
        String body = key.keyPem().split("\\R")[1].substring(0, 20);
        // From one dash behind the last label on, a reader of PEM has all it needs.
        int label = whole.lastIndexOf("CERTIFICATE") + "CERTIFICATE".length();
        for (int missing = 0; missing <= label; missing += 10) {
            file("server.pem", whole.substring(0, label - missing));
            assertThatThrownBy(() -> source().keys().current())
                    .isInstanceOf(TlsKeysUnusable.class)
                    .hasMessageContaining("coordination.ssl.key-store.location")
                    .hasMessageNotContaining(body);
        }
    }

    @Test
    void aBundleOfTheOtherKindDoesToo() throws Exception {
        ssl.put("bundle", "coordination");
        String bundle = "spring.ssl.bundle.jks.coordination.keystore.";
        environment.setProperty(bundle + "location", "file:" + key.file());
        environment.setProperty(bundle + "password", TestKeyFile.PASSWORD);
        environment.setProperty(bundle + "type", KeyStore.getDefaultType());
        assertThat(shownBy(source().keys().current())).isEqualTo(key.certificate());
    }

    @Test
    void oneChoiceOfKeysIsEnough() {
        ssl.put("bundle", "coordination");
        assertThatThrownBy(() -> source().keys())
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("there is no such bundle");
        ssl.put("trust-store.location", "/somewhere.p12");
        assertThatThrownBy(() -> source().keys())
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("Remove either");
    }
}
