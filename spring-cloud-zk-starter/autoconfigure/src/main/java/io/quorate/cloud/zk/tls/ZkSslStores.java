package io.quorate.cloud.zk.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;

/**
 * The stores of an SSL bundle, written for the ZooKeeper client into a directory that only this user may enter, under a
 * password that exists nowhere else. The client reads them with every connection, so replaced files are used by the
 * next one. Thread-safe.
 */
public final class ZkSslStores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ZkSslStores.class);
    private static final int PASSWORD_BYTES = 24;
    private static final String KEYS = "keys.p12";
    private static final String TRUST = "trust.p12";

    private final Path directory;
    private final String password;
    private final boolean keys;
    private final boolean trust;

    private ZkSslStores(Path directory, String password, boolean keys, boolean trust) {
        this.directory = directory;
        this.password = password;
        this.keys = keys;
        this.trust = trust;
    }

    /** @throws IllegalStateException when the bundle's stores cannot be read or written */
    public static ZkSslStores write(SslBundle bundle) {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        ZkSslStores stores = new ZkSslStores(
                privateDirectory(),
                password,
                bundle.getStores().getKeyStore() != null,
                bundle.getStores().getTrustStore() != null);
        try {
            stores.replace(bundle);
            return stores;
        } catch (RuntimeException failed) {
            stores.close();
            throw failed;
        }
    }

    private static Path privateDirectory() {
        try {
            // Java creates it readable by its owner only, wherever the file system knows owners.
            return Files.createTempDirectory("zk-client-keys");
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot create a directory for the keys of the ZooKeeper client", failed);
        }
    }

    /** What the ZooKeeper client must be told, by its own names. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (keys) {
            settings.putAll(store("keyStore", KEYS));
        }
        if (trust) {
            settings.putAll(store("trustStore", TRUST));
        }
        return settings;
    }

    private Map<String, String> store(String kind, String file) {
        String prefix = "zookeeper.ssl." + kind + ".";
        return Map.of(
                prefix + "location",
                directory.resolve(file).toString(),
                prefix + "password",
                password,
                prefix + "type",
                "PKCS12");
    }

    /**
     * Writes the stores of another bundle in the place of the present ones.
     *
     * @throws IllegalStateException when the bundle's stores cannot be read or written
     */
    public synchronized void replace(SslBundle bundle) {
        try {
            KeyStore keyStore = bundle.getStores().getKeyStore();
            if (keyStore != null) {
                String own = bundle.getKey().getPassword();
                String ofStore = bundle.getStores().getKeyStorePassword();
                write(
                        KEYS,
                        copied(
                                keyStore,
                                own == null ? ofStore : own,
                                bundle.getKey().getAlias()));
            }
            KeyStore trustStore = bundle.getStores().getTrustStore();
            if (trustStore != null) {
                write(TRUST, copied(trustStore, null, null));
            }
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException("Cannot hand the SSL bundle over to the ZooKeeper client", failed);
        }
    }

    /** The same entries under this password; with an alias, only that key. */
    private KeyStore copied(KeyStore source, @Nullable String keyPassword, @Nullable String alias)
            throws GeneralSecurityException, IOException {
        KeyStore copy = KeyStore.getInstance("PKCS12");
        copy.load(null, null);
        for (String name : Collections.list(source.aliases())) {
            if (!source.isKeyEntry(name)) {
                copy.setCertificateEntry(name, source.getCertificate(name));
            } else if (alias == null || alias.equalsIgnoreCase(name)) {
                Key key = source.getKey(name, keyPassword == null ? new char[0] : keyPassword.toCharArray());
                copy.setKeyEntry(name, key, password.toCharArray(), source.getCertificateChain(name));
            }
        }
        return copy;
    }

    /** Written beside and moved, so that a connection sees the former file or the new one. */
    private void write(String name, KeyStore store) throws GeneralSecurityException, IOException {
        Path fresh = Files.createTempFile(directory, name, null);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        try (OutputStream out = Files.newOutputStream(fresh)) {
            store.store(out, password.toCharArray());
        }
        Files.move(fresh, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the files. */
    @Override
    public synchronized void close() {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            LOG.warn("Keys of the ZooKeeper client are left in {}: {}", directory, failed.toString());
            return;
        }
        try {
            Files.deleteIfExists(directory);
        } catch (IOException failed) {
            LOG.warn("The directory {} is left behind: {}", directory, failed.toString());
        }
    }
}
