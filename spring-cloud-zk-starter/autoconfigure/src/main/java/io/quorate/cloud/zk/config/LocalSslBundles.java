package io.quorate.cloud.zk.config;

import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;

/** The SSL bundles of local configuration, while there is no application context that has them as a bean. */
final class LocalSslBundles {

    private LocalSslBundles() {}

    static SslBundles of(Binder binder) {
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
        SslProperties.Bundles configured =
                binder.bindOrCreate("spring.ssl", SslProperties.class).getBundle();
        configured.getPem().forEach((name, pem) -> bundles.registerBundle(name, PropertiesSslBundle.get(pem)));
        configured.getJks().forEach((name, jks) -> bundles.registerBundle(name, PropertiesSslBundle.get(jks)));
        return bundles;
    }
}
