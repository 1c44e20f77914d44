package io.quorate.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.InvariantViolation;
import io.quorate.core.wire.Acl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AclTableTest {

    private static final List<Acl> ONE = List.of(new Acl(1, "ip", "10.0.0.1"));
    private static final List<Acl> TWO = List.of(new Acl(2, "ip", "10.0.0.2"));

    private final AclTable table = new AclTable();

    @Test
    void equalListsShareANumber() {
        int one = table.acquire(ONE);
        assertThat(one).isPositive();
        assertThat(table.acquire(new ArrayList<>(ONE))).isEqualTo(one);
        assertThat(table.acquire(TWO)).isNotEqualTo(one);
        assertThat(table.get(one)).isEqualTo(ONE);
        assertThat(table.freeze().count()).isEqualTo(2);
    }

    @Test
    void theOpenAclIsInNoTable() {
        assertThat(table.acquire(new ArrayList<>(Acl.OPEN))).isEqualTo(-1);
        table.release(-1);
        assertThat(table.get(-1)).isEqualTo(Acl.OPEN);
        assertThat(table.freeze().count()).isZero();
    }

    @Test
    void theLastReferenceFreesTheNumber() {
        int one = table.acquire(ONE);
        table.acquire(ONE);
        table.release(one);
        assertThat(table.get(one)).isEqualTo(ONE);
        table.release(one);
        assertThat(table.freeze().count()).isZero();
        assertThat(table.acquire(TWO)).isEqualTo(one);
        assertThat(table.freeze().highestId()).isEqualTo(one);
        table.release(one);
        assertThatThrownBy(() -> table.release(one)).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void frozenTablesStay() {
        int one = table.acquire(ONE);
        FrozenAcls before = table.freeze();
        table.release(one);
        table.acquire(TWO);
        FrozenAcls after = table.freeze();
        for (int i = 0; i < 100; i++) {
            table.acquire(List.of(new Acl(i, "ip", "10.0.0.3")));
        }
        assertThat(before.get(one)).isEqualTo(ONE);
        assertThat(after.get(one)).isEqualTo(TWO);
        assertThat(after.count()).isEqualTo(1);
        assertThat(table.freeze().count()).isEqualTo(101);
    }

    @Test
    void theTreeGivesBackWhatItNoLongerUses() {
        DataTree tree = Trees.fresh();
        int before = tree.freeze().acls().count();
        tree.create(Trees.path("/a"), null, ONE, 0, -1, Trees.at(1), new ArrayList<>());
        tree.create(Trees.path("/a/b"), null, TWO, 0, -1, Trees.at(2), new ArrayList<>());
        tree.create(Trees.path("/a/b"), null, ONE, 0, -1, Trees.at(3), new ArrayList<>());
        assertThat(tree.freeze().acls().count()).isEqualTo(before + 1);
        tree.setAcl(Trees.path("/a"), TWO, 1);
        assertThat(tree.freeze().acls().count()).isEqualTo(before + 2);
        Trees.delete(tree, "/a", 4);
        assertThat(tree.freeze().acls().count()).isEqualTo(before);
    }
}
