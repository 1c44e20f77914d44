package io.quorate.core.tree;

import io.quorate.core.base.Verify;
import io.quorate.core.wire.Acl;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every distinct ACL list once, by a number that nodes refer to. Numbers are local to this server; one whose last
 * reference went away is used again. {@link FrozenAcls#OPEN_ID} stands for the open ACL and is not counted.
 */
final class AclTable {

    private final Map<List<Acl>, Integer> ids = new HashMap<>();
    /** Numbers that were given up. */
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    /** What the numbers mean. A frozen image may hold it. */
    private FrozenAcls lists = FrozenAcls.empty();
    /** A frozen image holds {@link #lists}, so the next change needs a copy. */
    private boolean shared;
    /** References by number. */
    private int[] counts = new int[8];

    /** The number of {@code list}, with one more reference. */
    int acquire(List<Acl> list) {
        if (list.equals(Acl.OPEN)) {
            return FrozenAcls.OPEN_ID;
        }
        Integer known = ids.get(list);
        int id = known != null ? known : add(List.copyOf(list));
        counts[id]++;
        return id;
    }

    /** One more reference to a number that is in use. */
    void acquireId(int id) {
        if (id != FrozenAcls.OPEN_ID) {
            Verify.that(counts[id] > 0, "an ACL that is referred to again is in use", id);
            counts[id]++;
        }
    }

    private int add(List<Acl> list) {
        Integer reused = free.poll();
        int id = reused != null ? reused : lists.highestId() + 1;
        if (id >= counts.length) {
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        own().set(id, list);
        ids.put(list, id);
        return id;
    }

    /** One reference less; the last one frees the number. */
    void release(int id) {
        if (id == FrozenAcls.OPEN_ID) {
            return;
        }
        Verify.that(counts[id] > 0, "an ACL that is released is in use", id);
        counts[id]--;
        if (counts[id] == 0) {
            ids.remove(lists.get(id));
            own().set(id, null);
            free.push(id);
        }
    }

    List<Acl> get(int id) {
        return lists.get(id);
    }

    /** What the numbers mean now; later changes leave it alone. */
    FrozenAcls freeze() {
        shared = true;
        return lists;
    }

    private FrozenAcls own() {
        if (shared) {
            lists = lists.copy();
            shared = false;
        }
        return lists;
    }
}
