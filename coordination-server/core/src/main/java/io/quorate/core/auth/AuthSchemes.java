package io.quorate.core.auth;

import io.quorate.core.port.ClientOrigin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The schemes that this server knows. world, auth and super are not among them: each has rules of its own. */
public final class AuthSchemes {

    /** A handful at most, so a walk beats a map. */
    private final List<AuthScheme> schemes = new ArrayList<>();

    /** @throws IllegalArgumentException when the digest algorithm is unknown */
    public AuthSchemes(AuthOptions options) {
        schemes.add(new IpScheme());
        if (options.digestEnabled()) {
            schemes.add(new DigestScheme(options.digestAlgorithm(), options.superDigest()));
        }
        if (options.certificates()) {
            schemes.add(new CertificateScheme(options.superSubject()));
        }
    }

    /** The scheme of that name, or null: nothing can be set under it then, and nothing under it ever matches. */
    @Nullable
    AuthScheme find(@Nullable String name) {
        for (int i = 0; i < schemes.size(); i++) {
            AuthScheme scheme = schemes.get(i);
            if (scheme.name().equals(name)) {
                return scheme;
            }
        }
        return null;
    }

    void recognise(ClientOrigin origin, ClientIdentities who) {
        schemes.forEach(scheme -> scheme.recognise(origin, who));
    }

    public boolean knows(String name) {
        return find(name) != null;
    }

    /** The names, in a fixed order. */
    public List<String> names() {
        List<String> names = new ArrayList<>(schemes.size());
        schemes.forEach(scheme -> names.add(scheme.name()));
        return names;
    }
}
