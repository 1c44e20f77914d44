package io.quorate.core.auth;

import io.quorate.core.port.ClientOrigin;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The subject of the certificate that a client has shown when its connection was encrypted (client protocol 9.4). The
 * edge has verified it; nothing that is said later proves more.
 */
public final class CertificateScheme implements AuthScheme {

    public static final String NAME = "x509";

    /**
     * Characters of a name that a list may hold. Nobody's certificate has a longer one, and the time that Java takes to
     * read a name grows with the square of its length: a frame full of commas would hold up the replica for seconds.
     */
    static final int LONGEST_NAME = 4096;

    private final @Nullable String superSubject;

    /** @param superSubject whose owner bypasses every list; null for none */
    public CertificateScheme(@Nullable String superSubject) {
        this.superSubject = superSubject;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** A distinguished name. It is compared as it stands, so one that is written in another way matches nobody. */
    @Override
    public boolean isValidId(String id) {
        if (id.length() > LONGEST_NAME) {
            return false;
        }
        try {
            new X500Principal(id);
            return true;
        } catch (IllegalArgumentException noName) {
            return false;
        }
    }

    @Override
    public boolean matches(String clientId, String aclId) {
        return clientId.equals(aclId);
    }

    @Override
    public boolean countsAsAuthenticated() {
        return true;
    }

    /** Whoever has shown a certificate has this identity already; whoever has not does not get it by asking. */
    @Override
    public boolean authenticate(byte @Nullable [] data, ClientIdentities who) {
        return who.has(NAME);
    }

    @Override
    public void recognise(ClientOrigin origin, ClientIdentities who) {
        String subject = origin.certificateSubject();
        if (subject == null) {
            return;
        }
        if (subject.equals(superSubject)) {
            who.add(new Identity(Identity.SUPER, subject));
        }
        who.add(new Identity(NAME, subject));
    }

    @Override
    public String userOf(String clientId) {
        return clientId;
    }
}
