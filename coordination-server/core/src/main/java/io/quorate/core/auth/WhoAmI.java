package io.quorate.core.auth;

import java.util.ArrayList;
import java.util.List;

/** What whoAmI answers (client protocol 9.9). */
public final class WhoAmI {

    private final AuthSchemes schemes;

    public WhoAmI(AuthSchemes schemes) {
        this.schemes = schemes;
    }

    /** One entry per identity, whose id is what may be shown of it: the user, and never a hash. */
    public List<Identity> users(ClientIdentities who) {
        List<Identity> users = new ArrayList<>(who.size());
        for (Identity identity : who.asList()) {
            AuthScheme scheme = schemes.find(identity.scheme());
            users.add(new Identity(identity.scheme(), scheme == null ? "" : scheme.userOf(identity.id())));
        }
        return users;
    }
}
