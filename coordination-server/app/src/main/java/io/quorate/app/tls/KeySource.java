package io.quorate.app.tls;

import io.quorate.runtime.tls.TlsKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.core.env.Environment;

/**
 * Where the keys come from: an SSL bundle, or the files that ZooKeeper's own properties name. A bundle is read from the
 * environment and not from the context, because the server begins before the context's beans.
 */
public final class KeySource {

    private static final String BUNDLE = "coordination.ssl.bundle";

    private final TlsProperties properties;
    private final Environment environment;

    public KeySource(TlsProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** Whether any keys are named. */
    public boolean isNamed() {
        return properties.bundle() != null || properties.keyStore().location() != null;
    }

    /**
     * The keys, which are read when they are asked for.
     *
     * @throws InvalidConfigurationPropertyValueException when there is no such bundle, or there are files beside it
     */
    public TlsKeys keys() {
        String bundle = properties.bundle();
        if (bundle == null) {
            return new BundleKeys(
                    "coordination.ssl.key-store",
                    () -> StoreFiles.read(properties.keyStore(), properties.trustStore()));
        }
        if (properties.keyStore().location() != null || properties.trustStore().location() != null) {
            throw new InvalidConfigurationPropertyValueException(
                    BUNDLE,
                    bundle,
                    "there are coordination.ssl.key-store or trust-store too. Remove either; a bundle has both");
        }
        SslProperties.Bundles bundles = Binder.get(environment)
                .bindOrCreate("spring.ssl", SslProperties.class)
                .getBundle();
        @Nullable PemSslBundleProperties pem = bundles.getPem().get(bundle);
        @Nullable JksSslBundleProperties jks = bundles.getJks().get(bundle);
        if (pem == null && jks == null) {
            throw new InvalidConfigurationPropertyValueException(
                    BUNDLE,
                    bundle,
                    "there is no such bundle. Define spring.ssl.bundle.pem." + bundle + ".* or spring.ssl.bundle.jks."
                            + bundle + ".*");
        }
        return new BundleKeys(BUNDLE + "=" + bundle, () -> read(pem, jks));
    }

    private static SslBundle read(@Nullable PemSslBundleProperties pem, @Nullable JksSslBundleProperties jks) {
        if (pem != null) {
            return PropertiesSslBundle.get(pem);
        }
        if (jks == null) {
            throw new IllegalStateException("a bundle is of one kind or the other");
        }
        return PropertiesSslBundle.get(jks);
    }
}
