package io.quorate.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A user name and a hash over name and password (client protocol 9.4). There is no database of users: whatever a client
 * claims is accepted, and lists decide what it is worth.
 */
public final class DigestScheme implements AuthScheme {

    public static final String NAME = "digest";
    public static final String DEFAULT_ALGORITHM = "SHA1";

    /** Reset by every use. */
    private final MessageDigest hash;

    private final @Nullable String superDigest;

    /** @throws IllegalArgumentException when this Java does not know the algorithm */
    public DigestScheme(String algorithm, @Nullable String superDigest) {
        this.superDigest = superDigest;
        try {
            hash = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(
                    "unknown hash algorithm '" + algorithm + "' for digest authentication: set"
                            + " digest-authentication-provider.digest-alg to one that this Java knows, such as SHA1 or"
                            + " SHA-256, the same on every member",
                    e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The id for {@code user:password}, which is also what operators put into lists and into the super digest. */
    public String idOf(String userAndPassword) {
        int colon = userAndPassword.indexOf(':');
        String user = colon < 0 ? userAndPassword : userAndPassword.substring(0, colon);
        byte[] hashed = hash.digest(userAndPassword.getBytes(StandardCharsets.UTF_8));
        return user + ":" + Base64.getEncoder().encodeToString(hashed);
    }

    /** Two parts around a colon. Colons at the end count for nothing, as in the reference. */
    @Override
    public boolean isValidId(String id) {
        return id.split(":").length == 2;
    }

    @Override
    public boolean matches(String clientId, String aclId) {
        return clientId.equals(aclId);
    }

    @Override
    public boolean countsAsAuthenticated() {
        return true;
    }

    @Override
    public boolean authenticate(byte @Nullable [] data, ClientIdentities who) {
        if (data == null) {
            return false;
        }
        String id = idOf(new String(data, StandardCharsets.UTF_8));
        boolean added = !id.equals(superDigest) || who.add(new Identity(Identity.SUPER, ""));
        return added && who.add(new Identity(NAME, id));
    }

    @Override
    public String userOf(String clientId) {
        int colon = clientId.indexOf(':');
        return colon < 0 ? clientId : clientId.substring(0, colon);
    }
}
