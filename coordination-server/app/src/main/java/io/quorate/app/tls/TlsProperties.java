package io.quorate.app.tls;

import jakarta.validation.Valid;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How client connections are encrypted, on the secure port and where the plain port takes them too.
 *
 * @param bundle Name of the SSL bundle (spring.ssl.bundle) with the server's key and with whom it trusts. Instead of
 *     key-store and trust-store.
 * @param keyStore The server's key and its certificates.
 * @param trustStore The certificates that may vouch for clients. Default: those that Java trusts.
 * @param protocol Newest version of TLS that is spoken, TLSv1.3 or TLSv1.2. Default: TLSv1.3.
 * @param enabledProtocols Versions of TLS that are spoken, comma-separated. Default: protocol and the older of the two.
 * @param ciphersuites Cipher suites that are spoken, comma-separated, by Java's names. Default: those that are
 *     considered safe.
 * @param clientAuth Whether clients show certificates: need, want or none.
 */
public record TlsProperties(
        @Nullable String bundle,
        @DefaultValue @Valid Store keyStore,
        @DefaultValue @Valid Store trustStore,
        @Nullable String protocol,
        @DefaultValue List<String> enabledProtocols,
        @DefaultValue List<String> ciphersuites,
        @DefaultValue("need") ClientAuth clientAuth) {

    /** Whether clients show certificates. */
    public enum ClientAuth {
        NONE,
        WANT,
        NEED
    }

    /**
     * @param location Path of the file.
     * @param password Password of the file.
     * @param passwordPath Path of a file that holds the password. It wins over password.
     * @param type Form of the file: JKS, PEM, PKCS12 or BCFKS. Default: what its name ends in, .jks, .pem, .p12 or
     *     .bcfks.
     */
    public record Store(
            @Nullable Path location,
            @Nullable String password,
            @Nullable Path passwordPath,
            @Nullable StoreType type) {

        /** Without the password: this ends up in logs. */
        @Override
        public String toString() {
            return "Store[location=" + location + ", password=" + (password == null ? "none" : "***")
                    + ", passwordPath=" + passwordPath + ", type=" + type + "]";
        }
    }
}
