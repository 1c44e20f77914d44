package io.quorate.core.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions: what transactions have opened and not closed. The same on every member except for what is local to
 * each (link, owner, timing).
 */
public final class SessionTable {

    private static final int SMALLEST = 64;

    /** Chains by id; the length is a power of two. A map of boxed ids would cost an object per look-up. */
    private @Nullable Session[] chains = new @Nullable Session[SMALLEST];

    private int size;

    /** Opens a session, or gives a known one a new timeout: a transaction may be applied twice after a restart. */
    public Session open(long id, int timeoutMillis) {
        Session known = find(id);
        if (known != null) {
            known.setTimeoutMillis(timeoutMillis);
            return known;
        }
        if (size == chains.length) {
            resize(2 * size);
        }
        Session opened = new Session(id, timeoutMillis);
        put(opened);
        size++;
        return opened;
    }

    public @Nullable Session find(long id) {
        Session at = chains[home(id)];
        while (at != null && at.id() != id) {
            at = at.nextInTable;
        }
        return at;
    }

    /**
     * Closes a session. The caller also takes it off the {@link ExpiryWheel}.
     *
     * @return the session, or null when there is none
     */
    public @Nullable Session remove(long id) {
        int home = home(id);
        Session before = null;
        Session at = chains[home];
        while (at != null && at.id() != id) {
            before = at;
            at = at.nextInTable;
        }
        if (at == null) {
            return null;
        }
        if (before == null) {
            chains[home] = at.nextInTable;
        } else {
            before.nextInTable = at.nextInTable;
        }
        at.nextInTable = null;
        size--;
        return at;
    }

    /** Forgets all: the state is about to be loaded anew. */
    public void clear() {
        chains = new @Nullable Session[SMALLEST];
        size = 0;
    }

    public int size() {
        return size;
    }

    /** All sessions in order of their ids, which are taken as unsigned. */
    public List<Session> inIdOrder() {
        List<Session> sessions = new ArrayList<>(size);
        forEach(sessions::add);
        sessions.sort(Comparator.comparingLong(session -> session.id() ^ Long.MIN_VALUE));
        return sessions;
    }

    /** Visits all sessions in an order that means nothing but repeats. The table must not change meanwhile. */
    public void forEach(Consumer<Session> visitor) {
        for (Session first : chains) {
            for (Session at = first; at != null; at = at.nextInTable) {
                visitor.accept(at);
            }
        }
    }

    private void resize(int length) {
        @Nullable Session[] old = chains;
        chains = new @Nullable Session[length];
        for (Session first : old) {
            Session at = first;
            while (at != null) {
                Session next = at.nextInTable;
                put(at);
                at = next;
            }
        }
    }

    private void put(Session session) {
        int home = home(session.id());
        session.nextInTable = chains[home];
        chains[home] = session;
    }

    private int home(long id) {
        return (int) (id * 0x9e37_79b9_7f4a_7c15L >>> 32) & chains.length - 1;
    }
}
