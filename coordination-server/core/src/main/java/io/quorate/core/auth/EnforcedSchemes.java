package io.quorate.core.auth;

import java.util.List;

/** Whether a connection must authenticate before anything else, and has (client protocol 9.8). */
public final class EnforcedSchemes {

    private final List<String> enforced;

    /** @throws IllegalArgumentException when a scheme is enforced that nobody can authenticate with */
    public EnforcedSchemes(AuthOptions options, AuthSchemes schemes) {
        enforced = options.enforcedSchemes();
        for (String scheme : enforced) {
            if (!schemes.knows(scheme)) {
                throw new IllegalArgumentException("enforce.auth.schemes names '" + scheme
                        + "', which this server does not know, so that no client could do anything: use one of "
                        + schemes.names() + " or configure the scheme");
            }
        }
    }

    /**
     * Whether requests of such a connection are served. Auth and SASL packets always are. Where this is false the
     * answer is AUTHENTICATION_REQUIRED, and the connection is closed behind it.
     */
    public boolean satisfiedBy(ClientIdentities who) {
        for (String scheme : enforced) {
            if (who.has(scheme)) {
                return true;
            }
        }
        return enforced.isEmpty();
    }
}
