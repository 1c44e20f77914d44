package io.quorate.app.tls;

import io.quorate.runtime.tls.TlsKeys;
import io.quorate.runtime.tls.TlsKeysUnusable;
import io.quorate.runtime.tls.TlsMaterial;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * Keys that are read anew each time, and are new keys when their certificates are others: how the files got there, be
 * it through a link that points elsewhere, makes no difference.
 */
final class BundleKeys implements TlsKeys {

    private record Certificates(Set<Certificate> own, Set<Certificate> trusted) {}

    private final String name;
    private final Supplier<SslBundle> reader;
    private @Nullable Certificates certificates;
    private @Nullable TlsMaterial material;

    /**
     * @param name as messages are to call them
     * @param reader reads them as they are now
     */
    BundleKeys(String name, Supplier<SslBundle> reader) {
        this.name = name;
        this.reader = reader;
    }

    @Override
    public TlsMaterial current() {
        try {
            SslBundle read = reader.get();
            KeyStore trusted = read.getStores().getTrustStore();
            Certificates found = new Certificates(in(read.getStores().getKeyStore()), in(trusted));
            TlsMaterial known = material;
            if (known != null && found.equals(certificates)) {
                return known;
            }
            // Before anything is remembered: what has been written by half is looked at again the next time.
            OwnKeys.requireThatTheyFit(read.getManagers().getKeyManagers());
            TlsMaterial current = new TlsMaterial(
                    read.getManagers().getKeyManagerFactory(),
                    trusted == null ? null : read.getManagers().getTrustManagerFactory());
            certificates = found;
            material = current;
            return current;
        } catch (TlsKeysUnusable unusable) {
            throw unusable;
        } catch (RuntimeException | GeneralSecurityException unusable) {
            throw new TlsKeysUnusable(name + " cannot be used: " + reasons(unusable), unusable);
        }
    }

    private static Set<Certificate> in(@Nullable KeyStore store) throws GeneralSecurityException {
        Set<Certificate> all = new HashSet<>();
        for (String alias : store == null ? List.<String>of() : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            Certificate single = store.getCertificate(alias);
            if (chain != null) {
                all.addAll(List.of(chain));
            } else if (single != null) {
                all.add(single);
            }
        }
        return all;
    }

    private static String reasons(Throwable failure) {
        List<String> reasons = new ArrayList<>();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            reasons.add(String.valueOf(at.getMessage()));
        }
        return String.join(": ", reasons);
    }
}
