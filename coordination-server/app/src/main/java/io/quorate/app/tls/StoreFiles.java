package io.quorate.app.tls;

import io.quorate.runtime.tls.TlsKeysUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** Reads the files that ZooKeeper's own properties name. */
final class StoreFiles {

    private static final String KEY_STORE = "coordination.ssl.key-store";
    private static final String TRUST_STORE = "coordination.ssl.trust-store";

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN\\s+[^-]*-----");
    private static final Pattern END = Pattern.compile("-----END\\s+[^-]*-----");

    private StoreFiles() {}

    /**
     * The files as they are now.
     *
     * @throws TlsKeysUnusable when one cannot be read; it names the property
     */
    static SslBundle read(TlsProperties.Store keys, TlsProperties.Store trust) {
        KeyStore own = read(KEY_STORE, keys, true);
        KeyStore trusted = trust.location() == null ? null : read(TRUST_STORE, trust, false);
        String password = password(KEY_STORE, keys);
        return SslBundle.of(SslStoreBundle.of(own, password, trusted), SslBundleKey.of(password));
    }

    private static KeyStore read(String property, TlsProperties.Store store, boolean key) {
        Path location = store.location();
        if (location == null) {
            throw new TlsKeysUnusable(property + ".location is not set");
        }
        StoreType type = typeOf(property, store, location);
        String password = password(property, store);
        try {
            SslStoreBundle read = type == StoreType.PEM
                    ? pem(location, password, key)
                    : new JksSslStoreBundle(new JksSslStoreDetails(type.name(), null, uri(location), password), null);
            KeyStore found = read.getKeyStore();
            if (found == null || found.size() == 0) {
                throw new TlsKeysUnusable(said(property, location) + " holds nothing that could be used");
            }
            return found;
        } catch (TlsKeysUnusable unusable) {
            throw unusable;
        } catch (Exception unreadable) {
            throw new TlsKeysUnusable(
                    said(property, location) + " cannot be read as " + type + ": " + reason(unreadable), unreadable);
        }
    }

    /** A key and its certificates, or certificates alone, in whatever order they stand in the file. */
    private static SslStoreBundle pem(Path location, @Nullable String password, boolean key) throws IOException {
        String text = Files.readString(location);
        if (!BEGIN.matcher(text).find() || !END.matcher(text).find()) {
            // Boot would take it for the name of a file, and tell of that name. It may be the better part of a key.
            throw new IOException("no part of it has a line with BEGIN and one with END");
        }
        PemSslStoreDetails details =
                new PemSslStoreDetails(null, null, null, text, key ? text : null, key ? password : null);
        return new PemSslStoreBundle(key ? details.withPassword(password) : details, null);
    }

    private static StoreType typeOf(String property, TlsProperties.Store store, Path location) {
        StoreType type = store.type() == null ? StoreType.of(location) : store.type();
        if (type == null) {
            throw new TlsKeysUnusable(said(property, location) + " does not end in .jks, .pem, .p12 or .bcfks: set "
                    + property + ".type to JKS, PEM, PKCS12 or BCFKS");
        }
        return type;
    }

    private static @Nullable String password(String property, TlsProperties.Store store) {
        Path file = store.passwordPath();
        if (file == null) {
            return store.password();
        }
        try {
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (IOException unreadable) {
            throw new TlsKeysUnusable(
                    property + ".password-path=" + file + " cannot be read: " + rootCauseOf(unreadable), unreadable);
        }
    }

    private static String uri(Path location) {
        return location.toAbsolutePath().toUri().toString();
    }

    private static String said(String property, Path location) {
        return property + ".location=" + location;
    }

    private static String reason(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof UnrecoverableKeyException) {
                return "its password is another one";
            }
        }
        return rootCauseOf(failure);
    }

    private static String rootCauseOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
