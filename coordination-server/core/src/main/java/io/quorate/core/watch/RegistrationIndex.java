package io.quorate.core.watch;

import org.jspecify.annotations.Nullable;

/**
 * Finds the registration of a connection on a path: open addressing with linear probing, four to eight bytes per entry,
 * where a map per path or per connection would cost ten times that.
 */
final class RegistrationIndex {

    private static final int SMALLEST = 16;

    /** Length is a power of two. Invariant: at least a third of it is empty, so every probe ends. */
    private @Nullable Registration[] slots = new @Nullable Registration[SMALLEST];

    private int size;

    int size() {
        return size;
    }

    @Nullable
    Registration find(WatchedPath path, WatchingLink link) {
        int mask = slots.length - 1;
        int at = home(path, link, mask);
        for (Registration found = slots[at]; found != null; found = slots[at]) {
            if (found.path == path && found.link == link) {
                return found;
            }
            at = at + 1 & mask;
        }
        return null;
    }

    /** Adds a registration whose path and connection have none yet. */
    void add(Registration added) {
        if ((size + 1) * 3L > slots.length * 2L) {
            resize(slots.length * 2);
        }
        place(added);
        size++;
    }

    /** Removes a registration that is here, and closes the gap, so that no markers of the dead accumulate. */
    void remove(Registration gone) {
        int mask = slots.length - 1;
        int gap = home(gone.path, gone.link, mask);
        while (slots[gap] != gone) {
            gap = gap + 1 & mask;
        }
        int at = gap + 1 & mask;
        for (Registration later = slots[at]; later != null; later = slots[at]) {
            int home = home(later.path, later.link, mask);
            // It may move back into the gap only if the gap is not before its home.
            if ((at - home & mask) >= (at - gap & mask)) {
                slots[gap] = later;
                gap = at;
            }
            at = at + 1 & mask;
        }
        slots[gap] = null;
        size--;
        if (size * 8L < slots.length && slots.length > SMALLEST) {
            resize(slots.length / 2);
        }
    }

    private void resize(int length) {
        @Nullable Registration[] old = slots;
        slots = new @Nullable Registration[length];
        for (Registration kept : old) {
            if (kept != null) {
                place(kept);
            }
        }
    }

    private void place(Registration added) {
        int mask = slots.length - 1;
        int at = home(added.path, added.link, mask);
        while (slots[at] != null) {
            at = at + 1 & mask;
        }
        slots[at] = added;
    }

    private static int home(WatchedPath path, WatchingLink link, int mask) {
        long mixed = ((long) path.serial << 32 | link.serial & 0xffff_ffffL) * 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8_feb8_6659_fd93L;
        return (int) (mixed >>> 32) & mask;
    }
}
