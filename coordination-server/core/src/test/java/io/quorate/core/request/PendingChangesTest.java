package io.quorate.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.StoredStat;
import io.quorate.core.wire.Acl;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingChangesTest {

    private static final NodePath A = NodePath.of("/a");
    private static final NodePath B = NodePath.of("/b");
    private static final NodePath C = NodePath.of("/c");

    private final PendingChanges pending = new PendingChanges(new DataTree(new NodeKinds(true, false)));
    /** Paths that have been looked at. */
    private int looks;

    private void put(NodePath path, long zxid, @Nullable PendingNode after) {
        pending.begin();
        pending.put(path, zxid, pending.find(path), after);
    }

    private static PendingNode ownedBy(long owner, long zxid) {
        return new PendingNode(null, StoredStat.created(zxid, 1, owner), Acl.OPEN, 0);
    }

    private List<NodePath> pathsOf(long owner) {
        return pending.pathsOf(owner, path -> {
            looks++;
            return true;
        });
    }

    @Test
    void sessionsThatEndTogetherLookAtTheirOwnNodesOnly() {
        int sessions = 300;
        int each = 5;
        long zxid = 0;
        for (int session = 1; session <= sessions; session++) {
            for (int i = 0; i < each; i++) {
                put(NodePath.of("/n" + session + "-" + i), ++zxid, ownedBy(session, zxid));
            }
        }
        for (int session = 1; session <= sessions; session++) {
            assertThat(pathsOf(session)).hasSize(each);
            for (NodePath path : pathsOf(session)) {
                put(path, ++zxid, null);
            }
            assertThat(pathsOf(session)).isEmpty();
        }
        assertThat(looks).isEqualTo(2 * sessions * each);
    }

    @Test
    void theLatestChangeDecidesWhoseANodeIsAndItsPlace() {
        put(A, 1, ownedBy(7, 1));
        put(B, 2, ownedBy(7, 2));
        put(C, 3, ownedBy(8, 3));
        put(A, 4, ownedBy(7, 1));
        assertThat(pathsOf(7)).containsExactly(B, A);
        put(B, 5, null);
        put(B, 6, ownedBy(8, 6));
        assertThat(pathsOf(7)).containsExactly(A);
        assertThat(pathsOf(8)).containsExactly(C, B);
    }

    @Test
    void whatIsRolledBackGoesBackToItsPlace() {
        put(A, 1, ownedBy(7, 1));
        put(B, 2, ownedBy(7, 2));
        pending.begin();
        pending.put(A, 3, pending.find(A), null);
        pending.put(C, 3, null, ownedBy(7, 3));
        pending.put(A, 3, null, ownedBy(8, 3));
        pending.rollBack();
        assertThat(pathsOf(7)).containsExactly(A, B);
        assertThat(pathsOf(8)).isEmpty();
    }

    @Test
    void whatIsAppliedIsTheTreesBusiness() {
        put(A, 1, ownedBy(7, 1));
        put(B, 2, ownedBy(7, 2));
        put(A, 3, ownedBy(7, 1));
        pending.applied(2);
        assertThat(pathsOf(7)).containsExactly(A);
        pending.applied(3);
        assertThat(pathsOf(7)).isEmpty();
    }
}
