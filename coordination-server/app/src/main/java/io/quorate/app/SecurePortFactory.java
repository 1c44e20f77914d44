package io.quorate.app;

import io.quorate.app.tls.KeySource;
import io.quorate.app.tls.TlsProperties;
import io.quorate.runtime.server.SecureClientPort;
import io.quorate.runtime.tls.ClientCertificates;
import io.quorate.runtime.tls.TlsOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/** From properties to where and how client connections are encrypted; to nothing where they are not. */
final class SecurePortFactory {

    private static final Logger LOG = LoggerFactory.getLogger(SecurePortFactory.class);

    private static final int NO_PORT = -1;

    private final CoordinationProperties properties;
    private final Environment environment;

    /** @param environment has the SSL bundles */
    SecurePortFactory(CoordinationProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /**
     * Where connections are encrypted. The keys are named, and not read yet.
     *
     * @throws InvalidConfigurationPropertyValueException when there are no keys for it, or more than one choice of them
     */
    @Nullable
    SecureClientPort securePort() {
        Integer port = properties.secureClientPort();
        boolean onPlainPort = properties.client().portUnification();
        KeySource keys = new KeySource(properties.ssl(), environment);
        if (port == null && !onPlainPort) {
            if (keys.isNamed()) {
                LOG.warn("coordination.ssl.* changes nothing: no connection is encrypted without"
                        + " coordination.secure-client-port or coordination.client.port-unification");
            }
            return null;
        }
        if (!keys.isNamed()) {
            throw new InvalidConfigurationPropertyValueException(
                    port == null ? "coordination.client.port-unification" : "coordination.secure-client-port",
                    port == null ? "true" : port,
                    "encrypting takes a key: name an SSL bundle with coordination.ssl.bundle, or a file with"
                            + " coordination.ssl.key-store.location");
        }
        String address = properties.secureClientPortAddress();
        return new SecureClientPort(
                address == null ? "0.0.0.0" : address, port == null ? NO_PORT : port, onPlainPort, tls(keys));
    }

    private TlsOptions tls(KeySource keys) {
        TlsProperties ssl = properties.ssl();
        return new TlsOptions(
                keys.keys(),
                ClientCertificates.valueOf(ssl.clientAuth().name()),
                protocols(ssl),
                ssl.ciphersuites(),
                maxHandshakes(),
                properties.client().certReload() ? TlsOptions.DEFAULT_RELOAD : Duration.ZERO);
    }

    private static List<String> protocols(TlsProperties ssl) {
        String newest = ssl.protocol();
        if (newest != null) {
            checkVersion("coordination.ssl.protocol", newest);
        }
        ssl.enabledProtocols().forEach(version -> checkVersion("coordination.ssl.enabled-protocols", version));
        if (!ssl.enabledProtocols().isEmpty() || newest == null) {
            return ssl.enabledProtocols();
        }
        return TlsOptions.PROTOCOLS.subList(TlsOptions.PROTOCOLS.indexOf(newest), TlsOptions.PROTOCOLS.size());
    }

    private static void checkVersion(String property, String version) {
        if (!TlsOptions.PROTOCOLS.contains(version)) {
            throw new InvalidConfigurationPropertyValueException(
                    property, version, "it must be one of " + TlsOptions.PROTOCOLS + "; older ones are not safe");
        }
    }

    private int maxHandshakes() {
        int limit = properties.netty().server().outstandingHandshake().limit();
        return limit <= 0 ? Integer.MAX_VALUE : limit;
    }
}
