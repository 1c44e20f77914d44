package io.quorate.app.tls;

import io.quorate.runtime.tls.TlsKeysUnusable;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * Whether a server's keys are those of its certificates. They may be in two files, of which one is already the new one;
 * every handshake would fail with such a pair.
 */
final class OwnKeys {

    /** Kinds of keys, as key managers name them, and how one of the kind signs. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "DSA", "SHA256withDSA", "EdDSA", "EdDSA");

    private static final byte[] ANYTHING = {1, 2, 3};

    private OwnKeys() {}

    /** @throws TlsKeysUnusable when a key is not that of its certificate */
    static void requireThatTheyFit(KeyManager[] managers) throws GeneralSecurityException {
        for (KeyManager manager : managers) {
            if (manager instanceof X509KeyManager keys) {
                for (Map.Entry<String, String> kind : SIGNATURES.entrySet()) {
                    require(keys, kind.getKey(), kind.getValue());
                }
            }
        }
    }

    private static void require(X509KeyManager keys, String kind, String signature) throws GeneralSecurityException {
        String[] aliases = keys.getServerAliases(kind, null);
        for (String alias : aliases == null ? new String[0] : aliases) {
            X509Certificate own = keys.getCertificateChain(alias)[0];
            if (!fits(keys.getPrivateKey(alias), own, signature)) {
                throw new TlsKeysUnusable("the key is not that of the certificate of "
                        + own.getSubjectX500Principal().getName() + "; one of the two may be older than the other");
            }
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate, String signature)
            throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        Signature signing = Signature.getInstance(signature);
        signing.initSign(key);
        signing.update(ANYTHING);
        Signature verifying = Signature.getInstance(signature);
        verifying.initVerify(certificate.getPublicKey());
        verifying.update(ANYTHING);
        return verifying.verify(signing.sign());
    }
}
