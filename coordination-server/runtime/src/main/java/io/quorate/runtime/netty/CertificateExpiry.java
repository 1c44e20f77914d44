package io.quorate.runtime.netty;

import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** When the certificates that the server shows run out. */
final class CertificateExpiry {

    /** The kinds of keys that certificates are made with, as key managers name them. */
    private static final String[] KEY_TYPES = {"RSA", "RSASSA-PSS", "EC", "EdDSA", "DSA"};

    private CertificateExpiry() {}

    /** Epoch milliseconds of the first; 0 when there is none. */
    static long firstOf(KeyManagerFactory keys) {
        long first = 0;
        for (KeyManager manager : keys.getKeyManagers()) {
            if (manager instanceof X509KeyManager certificates) {
                first = earlier(first, firstOf(certificates));
            }
        }
        return first;
    }

    private static long firstOf(X509KeyManager keys) {
        long first = 0;
        for (String type : KEY_TYPES) {
            String[] aliases = keys.getServerAliases(type, null);
            for (String alias : aliases == null ? new String[0] : aliases) {
                first = earlier(first, firstOf(keys.getCertificateChain(alias)));
            }
        }
        return first;
    }

    private static long firstOf(X509Certificate[] chain) {
        long first = 0;
        for (X509Certificate certificate : chain) {
            first = earlier(first, certificate.getNotAfter().getTime());
        }
        return first;
    }

    private static long earlier(long known, long other) {
        return known == 0 || other != 0 && other < known ? other : known;
    }
}
