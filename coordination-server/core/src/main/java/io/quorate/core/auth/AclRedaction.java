package io.quorate.core.auth;

import io.quorate.core.wire.Acl;
import java.util.ArrayList;
import java.util.List;

/** What a list looks like to those who may read the node but not administer it (client protocol 9.6). */
public final class AclRedaction {

    private AclRedaction() {}

    /** The list with the hashes of digest ids replaced. */
    public static List<Acl> redact(List<Acl> acl) {
        List<Acl> redacted = new ArrayList<>(acl.size());
        for (Acl entry : acl) {
            redacted.add(redact(entry));
        }
        return redacted;
    }

    private static Acl redact(Acl entry) {
        String id = entry.id();
        int colon = id == null || !DigestScheme.NAME.equals(entry.scheme()) ? -1 : id.indexOf(':');
        return colon < 0 ? entry : new Acl(entry.perms(), entry.scheme(), id.substring(0, colon) + ":x");
    }
}
