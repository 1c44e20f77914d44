package io.quorate.core.auth;

import io.quorate.core.wire.Acl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a connection may do to a node (client protocol 9.2). The usual lists cost no allocation. */
public final class AclChecker {

    static final String WORLD = "world";
    static final String ANYONE = "anyone";

    private final boolean skipAcl;
    private final AuthSchemes schemes;

    public AclChecker(AuthOptions options, AuthSchemes schemes) {
        this.skipAcl = options.skipAcl();
        this.schemes = schemes;
    }

    /**
     * Whether {@code who} has one of the permissions.
     *
     * @param acl the node's list; null or empty allows everything
     * @param permission bits of {@link Acl}; any of them suffices
     */
    public boolean allows(@Nullable List<Acl> acl, int permission, ClientIdentities who) {
        if (skipAcl || acl == null || acl.isEmpty() || who.isSuper()) {
            return true;
        }
        // Most lists are world:anyone, so this is asked of all entries before any scheme is looked up.
        for (int i = 0; i < acl.size(); i++) {
            Acl entry = acl.get(i);
            if ((entry.perms() & permission) != 0 && isWorld(entry)) {
                return true;
            }
        }
        for (int i = 0; i < acl.size(); i++) {
            Acl entry = acl.get(i);
            if ((entry.perms() & permission) != 0 && means(entry, who)) {
                return true;
            }
        }
        return false;
    }

    static boolean isWorld(Acl entry) {
        return WORLD.equals(entry.scheme()) && ANYONE.equals(entry.id());
    }

    private boolean means(Acl entry, ClientIdentities who) {
        AuthScheme scheme = schemes.find(entry.scheme());
        String aclId = entry.id();
        if (scheme == null || aclId == null) {
            return false;
        }
        for (int i = 0; i < who.size(); i++) {
            Identity identity = who.get(i);
            if (identity.scheme().equals(scheme.name()) && scheme.matches(identity.id(), aclId)) {
                return true;
            }
        }
        return false;
    }
}
