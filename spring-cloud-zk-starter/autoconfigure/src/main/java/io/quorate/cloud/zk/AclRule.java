package io.quorate.cloud.zk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** {@code spring.cloud.zookeeper.acl} as Curator wants it: one access list for every node, parents included. */
final class AclRule implements ACLProvider {

    private static final String PROPERTY = "spring.cloud.zookeeper.acl";
    private static final String LETTERS = "rwcda";

    private final List<ACL> acl;

    private AclRule(List<ACL> acl) {
        // The client looks for null in it, which List.of and its like do not allow.
        this.acl = Collections.unmodifiableList(new ArrayList<>(acl));
    }

    /** @throws IllegalArgumentException when an entry is neither a name nor {@code scheme:id:permissions} */
    static AclRule of(List<String> entries) {
        if (entries.isEmpty() || entries.equals(List.of("open"))) {
            return new AclRule(ZooDefs.Ids.OPEN_ACL_UNSAFE);
        }
        if (entries.equals(List.of("creator-all"))) {
            return new AclRule(ZooDefs.Ids.CREATOR_ALL_ACL);
        }
        List<ACL> parsed = new ArrayList<>();
        for (String entry : entries) {
            parsed.add(parse(entry.trim()));
        }
        return new AclRule(parsed);
    }

    /**
     * Identifiers may hold colons themselves, so the scheme ends at the first and the permissions begin at the last.
     */
    private static ACL parse(String entry) {
        int first = entry.indexOf(':');
        int last = entry.lastIndexOf(':');
        if (first <= 0 || last == first || last == entry.length() - 1) {
            throw malformed(entry);
        }
        int permissions = 0;
        for (char letter : entry.substring(last + 1).toCharArray()) {
            int bit = LETTERS.indexOf(letter);
            if (bit < 0) {
                throw malformed(entry);
            }
            permissions |= 1 << bit;
        }
        return new ACL(permissions, new Id(entry.substring(0, first), entry.substring(first + 1, last)));
    }

    private static IllegalArgumentException malformed(String entry) {
        return new IllegalArgumentException(PROPERTY + ": '" + entry
                + "' is not an access list entry. Write \"open\", \"creator-all\", or scheme:id:permissions with"
                + " permissions out of c, r, w, d and a, for example world:anyone:r");
    }

    @Override
    public List<ACL> getDefaultAcl() {
        return acl;
    }

    @Override
    public List<ACL> getAclForPath(String path) {
        return acl;
    }
}
