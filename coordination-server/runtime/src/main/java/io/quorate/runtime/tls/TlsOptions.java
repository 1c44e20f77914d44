package io.quorate.runtime.tls;

import java.time.Duration;
import java.util.List;

/**
 * How client connections are encrypted.
 *
 * @param keys what the server shows, and whom it believes
 * @param clients whether they show certificates
 * @param protocols versions that are spoken, by Java's names; empty for {@link #PROTOCOLS}
 * @param ciphers cipher suites that are spoken, by Java's names; empty for those that Netty considers safe
 * @param maxHandshakes connections that may be about to agree on keys; who comes beyond is closed. At least 1
 * @param reload how often it is looked whether there are new keys; zero is never
 */
public record TlsOptions(
        TlsKeys keys,
        ClientCertificates clients,
        List<String> protocols,
        List<String> ciphers,
        int maxHandshakes,
        Duration reload) {

    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    public static final int DEFAULT_MAX_HANDSHAKES = 1000;

    /** A secret that is mounted is in use within a minute so. */
    public static final Duration DEFAULT_RELOAD = Duration.ofSeconds(30);

    public TlsOptions {
        protocols = protocols.isEmpty() ? PROTOCOLS : List.copyOf(protocols);
        ciphers = List.copyOf(ciphers);
        if (maxHandshakes < 1) {
            throw new IllegalArgumentException("maxHandshakes must be at least 1, not " + maxHandshakes);
        }
        if (reload.isNegative()) {
            throw new IllegalArgumentException("reload must not be negative, as " + reload + " is");
        }
    }

    /** Clients have to show certificates; everything else as it is usual. */
    public static TlsOptions of(TlsKeys keys) {
        return new TlsOptions(
                keys, ClientCertificates.NEED, List.of(), List.of(), DEFAULT_MAX_HANDSHAKES, DEFAULT_RELOAD);
    }

    public TlsOptions withClients(ClientCertificates demand) {
        return new TlsOptions(keys, demand, protocols, ciphers, maxHandshakes, reload);
    }
}
