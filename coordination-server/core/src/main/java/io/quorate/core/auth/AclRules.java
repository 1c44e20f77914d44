package io.quorate.core.auth;

import io.quorate.core.wire.Acl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges and completes the lists that create and setACL bring (client protocol 9.3). */
public final class AclRules {

    /** Stands for every authenticated identity of the connection that sets the list. */
    private static final String AUTH = "auth";

    private final AuthSchemes schemes;

    public AclRules(AuthSchemes schemes) {
        this.schemes = schemes;
    }

    /**
     * The list to store: without duplicates, and with {@code auth} replaced by what it stands for (which may bring new
     * duplicates; they stay).
     *
     * @param requested as the client sent it
     * @return null when it must not be stored: the answer is INVALIDACL
     */
    public @Nullable List<Acl> validated(@Nullable List<Acl> requested, ClientIdentities who) {
        if (requested == null || requested.isEmpty()) {
            return null;
        }
        if (requested.size() == 1 && AclChecker.isWorld(requested.get(0))) {
            return List.of(requested.get(0));
        }
        List<Acl> stored = new ArrayList<>(requested.size());
        for (Acl entry : new LinkedHashSet<>(requested)) {
            boolean accepted = AUTH.equals(entry.scheme())
                    ? addAuthenticated(entry.perms(), who, stored)
                    : isStorable(entry) && stored.add(entry);
            if (!accepted) {
                return null;
            }
        }
        return List.copyOf(stored);
    }

    private boolean isStorable(Acl entry) {
        AuthScheme scheme = schemes.find(entry.scheme());
        String id = entry.id();
        return AclChecker.isWorld(entry) || scheme != null && id != null && scheme.isValidId(id);
    }

    private boolean addAuthenticated(int perms, ClientIdentities who, List<Acl> stored) {
        boolean any = false;
        for (Identity identity : who.asList()) {
            AuthScheme scheme = schemes.find(identity.scheme());
            if (scheme != null && scheme.countsAsAuthenticated()) {
                stored.add(new Acl(perms, identity.scheme(), identity.id()));
                any = true;
            }
        }
        return any;
    }
}
