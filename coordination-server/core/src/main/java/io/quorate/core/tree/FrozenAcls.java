package io.quorate.core.tree;

import io.quorate.core.base.Verify;
import io.quorate.core.wire.Acl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the ACL ids of an image's nodes mean. Nobody changes it once an image holds it. */
public final class FrozenAcls {

    /** world:anyone with every permission, which most nodes have; listed in no table (quorum protocol 4.8). */
    public static final int OPEN_ID = -1;

    /** By id; null where unused. Entry 0 stays unused, since ids in files are positive. */
    private final ArrayList<@Nullable List<Acl>> lists;
    /** Entries that are not null. */
    private int count;

    private FrozenAcls(ArrayList<@Nullable List<Acl>> lists, int count) {
        this.lists = lists;
        this.count = count;
    }

    static FrozenAcls empty() {
        ArrayList<@Nullable List<Acl>> lists = new ArrayList<>();
        lists.add(null);
        return new FrozenAcls(lists, 0);
    }

    FrozenAcls copy() {
        return new FrozenAcls(new ArrayList<>(lists), count);
    }

    /** @param id used before, or one more than the highest so far */
    void set(int id, @Nullable List<Acl> list) {
        if (id == lists.size()) {
            lists.add(null);
        }
        count += (list == null ? 0 : 1) - (lists.get(id) == null ? 0 : 1);
        lists.set(id, list);
    }

    /** Lists in the table, the open ACL not among them. */
    public int count() {
        return count;
    }

    /** Ids in the table are 1 to this, with gaps. */
    public int highestId() {
        return lists.size() - 1;
    }

    /** Whether {@code id}, 1 to {@link #highestId}, is in the table. */
    public boolean has(int id) {
        return lists.get(id) != null;
    }

    /** @param id one that a node refers to, or that {@link #has} confirms */
    public List<Acl> get(int id) {
        if (id == OPEN_ID) {
            return Acl.OPEN;
        }
        List<Acl> list = lists.get(id);
        Verify.that(list != null, "an ACL id that is asked for is in use", id);
        return list;
    }
}
