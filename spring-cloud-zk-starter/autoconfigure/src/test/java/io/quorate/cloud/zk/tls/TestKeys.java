package io.quorate.cloud.zk.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Keys for one test: one key, made by the keytool of the Java installation, whose certificate everybody trusts. */
final class TestKeys {

    static final String PASSWORD = "for-tests-only";

    private static final String ALIAS = "both";

    private final Path directory;

    private TestKeys(Path directory) {
        this.directory = directory;
    }

    static TestKeys create(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        return create(directory, "localhost", "san=dns:localhost,ip:127.0.0.1");
    }

    /** For a server of another name than those under which it can be reached. */
    static TestKeys createForElsewhere(Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        return create(directory, "elsewhere.test", "san=dns:elsewhere.test");
    }

    private static TestKeys create(Path directory, String host, String names)
            throws IOException, InterruptedException, GeneralSecurityException {
        TestKeys keys = new TestKeys(directory);
        keys.makeKey(host, names);
        keys.trustIt();
        return keys;
    }

    Path keyStore() {
        return directory.resolve("keys.p12");
    }

    Path trustStore() {
        return directory.resolve("trust.p12");
    }

    private void makeKey(String host, String names) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        names,
                        "-keystore",
                        keyStore().toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + Files.readString(directory.resolve("keytool.log")));
        }
    }

    KeyManagerFactory keyManagers() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(keyStore()), PASSWORD.toCharArray());
            return keys;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    TrustManagerFactory trustManagers() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trustStore()));
            return trust;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void trustIt() throws IOException, GeneralSecurityException {
        KeyStore own = load(keyStore());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, own.getCertificate(ALIAS));
        try (OutputStream out = Files.newOutputStream(trustStore())) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }
}
