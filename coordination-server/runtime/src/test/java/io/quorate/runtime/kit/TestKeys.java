package io.quorate.runtime.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keys for tests, made by the keytool of the Java installation: one file for each name, {@code NAME.p12}, whose
 * certificate has the subject {@code CN=NAME,O=Quorate}, and one with the certificates of those who are trusted.
 */
public final class TestKeys {

    public static final String PASSWORD = "for-tests-only";
    public static final String SERVER = "localhost";

    private final Path directory;

    private TestKeys(Path directory) {
        this.directory = directory;
    }

    /** @param trusted names besides the server's own whose certificates are trusted */
    public static TestKeys in(Path directory, String... trusted) {
        TestKeys keys = new TestKeys(directory);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(SERVER, keys.make(SERVER, subject(SERVER)).getCertificate(SERVER));
            for (String name : trusted) {
                store.setCertificateEntry(name, keys.make(name, subject(name)).getCertificate(name));
            }
            try (OutputStream out = Files.newOutputStream(keys.trusted())) {
                store.store(out, PASSWORD.toCharArray());
            }
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As access rules name the owner of a key. */
    public static String subject(String name) {
        return "CN=" + name + ",O=Quorate";
    }

    public Path of(String name) {
        return directory.resolve(name + ".p12");
    }

    public Path trusted() {
        return directory.resolve("trusted.p12");
    }

    /** A new key under a name, whatever its subject says. Nobody trusts it who has not been told to. */
    public KeyStore make(String name, String subject) throws IOException, GeneralSecurityException {
        Files.deleteIfExists(of(name));
        Path output = directory.resolve("keytool.log");
        Process process = new ProcessBuilder(command(name, subject))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return load(of(name));
    }

    private List<String> command(String name, String subject) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "30",
                "-keystore",
                of(name).toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD);
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    public KeyManagerFactory keysOf(String name) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(of(name)), PASSWORD.toCharArray());
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public TrustManagerFactory trust() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trusted()));
            return trust;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client needs: its own key, if it is to show one, and trust in the server. */
    public SSLContext client(@Nullable String name) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(name == null ? null : keysOf(name).getKeyManagers(), trust().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
