package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import java.util.List;

/**
 * One visible change of the tree, from which the caller derives watch events (client protocol 7.2).
 *
 * @param acl the node's ACL: the new one for a creation, the last one for a deletion (client protocol 7.3)
 * @param parentAcl the ACL of the node's parent, by which its child watches are judged; the root's own for the root
 */
public record TreeChange(Kind kind, NodePath path, List<Acl> acl, List<Acl> parentAcl) {

    /** What happened to the node. Changes of a parent's counters are no change of their own. */
    public enum Kind {
        CREATED,
        DELETED,
        DATA_CHANGED
    }
}
