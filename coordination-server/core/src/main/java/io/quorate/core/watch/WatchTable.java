package io.quorate.core.watch;

import io.quorate.core.base.NodePath;
import io.quorate.core.base.Verify;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.client.EventType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One-shot, persistent and recursive watches of this server's connections, and the events that a change owes them
 * (client protocol 7). Connections are notified in the order in which they registered, so a replay notifies alike.
 *
 * <p>The two tables of the protocol are one here: a registration says by its modes in which it is. A change that nobody
 * watches costs a lookup or two; ancestors are visited only while there is a recursive watch at all.
 */
public final class WatchTable {

    private static final WatchKind[] KINDS = WatchKind.values();

    private final Map<NodePath, WatchedPath> paths = new HashMap<>();
    private final Map<Long, WatchingLink> links = new LinkedHashMap<>();
    private final RegistrationIndex registrations = new RegistrationIndex();

    /** By {@link WatchKind}: registrations, and paths and connections that have one. */
    private final int[] watchCount = new int[KINDS.length];

    private final int[] pathCount = new int[KINDS.length];
    private final int[] linkCount = new int[KINDS.length];
    /** Registrations with the recursive mode. */
    private int recursiveCount;

    private int nextPathSerial;
    private int nextLinkSerial;

    /** Number of the current trigger; see {@link WatchingLink#servedBy}. */
    private long trigger;
    /** Connections that the current trigger serves and that have not been told yet. */
    private long[] due = new long[16];

    private int dueCount;

    /** Registers a standard watch in the data table, as getData and exists do. */
    public void addData(long link, NodePath path) {
        add(link, path, Registration.DATA);
    }

    /** Registers a standard watch in the child table, as getChildren does. */
    public void addChild(long link, NodePath path) {
        add(link, path, Registration.CHILD);
    }

    /** Registers a persistent watch, in both tables. */
    public void addPersistent(long link, NodePath path) {
        add(link, path, Registration.PERSISTENT);
    }

    /** Registers a persistent recursive watch. */
    public void addRecursive(long link, NodePath path) {
        add(link, path, Registration.RECURSIVE);
    }

    /** What addWatch asks for; {@code mode} is one of the persistent ones. */
    public void add(long link, NodePath path, WatchMode mode) {
        Verify.that(mode != WatchMode.STANDARD, "a standard watch belongs to one table: use addData or addChild");
        add(link, path, mode == WatchMode.PERSISTENT ? Registration.PERSISTENT : Registration.RECURSIVE);
    }

    private void add(long link, NodePath path, int mode) {
        WatchingLink watching = links.get(link);
        if (watching == null) {
            watching = new WatchingLink(link, nextLinkSerial++);
            links.put(link, watching);
        }
        WatchedPath watched = paths.get(path);
        if (watched == null) {
            watched = new WatchedPath(path, nextPathSerial++);
            paths.put(path, watched);
        }
        Registration registration = registrations.find(watched, watching);
        if (registration == null) {
            registration = new Registration(watched, watching);
            watched.append(registration);
            watching.append(registration);
            registrations.add(registration);
        }
        setModes(registration, registration.modes | mode);
    }

    /** Whether checkWatches finds what it asks for: a registration of this connection at exactly this path. */
    public boolean contains(long link, NodePath path, WatcherType type) {
        Registration found = find(link, path);
        return found != null && found.has(type.modes());
    }

    /**
     * Removes what removeWatches names, without an event.
     *
     * @return false when there was nothing: the answer is then NOWATCHER
     */
    public boolean remove(long link, NodePath path, WatcherType type) {
        Registration found = find(link, path);
        if (found == null || !found.has(type.modes())) {
            return false;
        }
        setModes(found, found.modes & ~type.modes());
        return true;
    }

    private @Nullable Registration find(long link, NodePath path) {
        WatchedPath watched = paths.get(path);
        WatchingLink watching = links.get(link);
        return watched == null || watching == null ? null : registrations.find(watched, watching);
    }

    /** Forgets a connection, in time proportional to its own watches. */
    public void dropLink(long link) {
        WatchingLink watching = links.get(link);
        Registration next = watching == null ? null : watching.first;
        while (next != null) {
            Registration gone = next;
            next = gone.nextOfLink;
            setModes(gone, 0);
        }
    }

    /** A node has come into being. {@code parentAcl} decides who learns of it as a change of the parent's children. */
    public void nodeCreated(NodePath path, List<Acl> acl, List<Acl> parentAcl, WatchSink sink) {
        trigger++;
        collectData(path);
        tell(EventType.NODE_CREATED, path, acl, sink);
        childrenChanged(path, parentAcl, sink);
    }

    /**
     * A node is gone; {@code acl} is the list it had. A connection hears of it once, even when it watched both ways.
     */
    public void nodeDeleted(NodePath path, List<Acl> acl, List<Acl> parentAcl, WatchSink sink) {
        trigger++;
        collectData(path);
        tell(EventType.NODE_DELETED, path, acl, sink);
        // The same trigger goes on: whom the data table has served is passed over, though a standard watch is used up.
        collectChild(path);
        tell(EventType.NODE_DELETED, path, acl, sink);
        childrenChanged(path, parentAcl, sink);
    }

    /** A node's data has been set, whether or not to the same bytes. */
    public void dataChanged(NodePath path, List<Acl> acl, WatchSink sink) {
        trigger++;
        collectData(path);
        tell(EventType.NODE_DATA_CHANGED, path, acl, sink);
    }

    private void childrenChanged(NodePath child, List<Acl> parentAcl, WatchSink sink) {
        if (watchCount[WatchKind.CHILD.ordinal()] == 0) {
            return;
        }
        trigger++;
        NodePath parent = child.parent();
        collectChild(parent);
        tell(EventType.NODE_CHILDREN_CHANGED, parent, parentAcl, sink);
    }

    private void collectData(NodePath path) {
        if (watchCount[WatchKind.DATA.ordinal()] == 0) {
            return;
        }
        WatchedPath watched = paths.get(path);
        if (watched != null && watched.dataWatches > 0) {
            collect(watched, WatchKind.DATA.modes(), Registration.DATA);
        }
        NodePath ancestor = path;
        while (recursiveCount > 0 && !ancestor.isRoot()) {
            ancestor = ancestor.parent();
            watched = paths.get(ancestor);
            if (watched != null && watched.recursiveWatches > 0) {
                collect(watched, Registration.RECURSIVE, 0);
            }
        }
    }

    private void collectChild(NodePath path) {
        if (watchCount[WatchKind.CHILD.ordinal()] == 0) {
            return;
        }
        WatchedPath watched = paths.get(path);
        if (watched != null && watched.childWatches > 0) {
            collect(watched, WatchKind.CHILD.modes(), Registration.CHILD);
        }
    }

    /** Adds to {@link #due} the connections with one of {@code modes} at a path, and uses up {@code oneShot}. */
    private void collect(WatchedPath watched, int modes, int oneShot) {
        Registration next = watched.first;
        while (next != null) {
            Registration match = next;
            next = match.nextOnPath;
            if (!match.has(modes)) {
                continue;
            }
            if (match.link.servedBy != trigger) {
                match.link.servedBy = trigger;
                addDue(match.link.link);
            }
            if (match.has(oneShot)) {
                setModes(match, match.modes & ~oneShot);
            }
        }
    }

    private void addDue(long link) {
        if (dueCount == due.length) {
            due = Arrays.copyOf(due, 2 * dueCount);
        }
        due[dueCount++] = link;
    }

    /** Speaks only when the table is whole again: the sink may drop a connection that cannot keep up. */
    private void tell(EventType type, NodePath path, List<Acl> acl, WatchSink sink) {
        int count = dueCount;
        dueCount = 0;
        for (int i = 0; i < count; i++) {
            sink.notify(due[i], type, path, acl);
        }
    }

    /** The only place where modes change, so that all the counts agree. No modes means: out of the table. */
    private void setModes(Registration registration, int modes) {
        WatchedPath path = registration.path;
        WatchingLink link = registration.link;
        int dataStep = step(registration, modes, WatchKind.DATA.modes());
        int childStep = step(registration, modes, WatchKind.CHILD.modes());
        int recursiveStep = step(registration, modes, Registration.RECURSIVE);
        registration.modes = modes;
        recursiveCount += recursiveStep;
        path.recursiveWatches += recursiveStep;
        path.dataWatches += dataStep;
        path.childWatches += childStep;
        link.dataWatches += dataStep;
        link.childWatches += childStep;
        count(WatchKind.DATA, dataStep, path.dataWatches, link.dataWatches);
        count(WatchKind.CHILD, childStep, path.childWatches, link.childWatches);
        if (modes == 0) {
            takeOut(registration);
        }
    }

    /** How a count of registrations with one of {@code group} changes when these modes are replaced: -1, 0 or 1. */
    private static int step(Registration registration, int modes, int group) {
        return ((modes & group) == 0 ? 0 : 1) - (registration.has(group) ? 1 : 0);
    }

    private void count(WatchKind kind, int step, int nowOnPath, int nowOfLink) {
        int index = kind.ordinal();
        watchCount[index] += step;
        // A count that has moved to one came from zero; a count that has moved to zero came from one.
        if (step > 0) {
            pathCount[index] += nowOnPath == 1 ? 1 : 0;
            linkCount[index] += nowOfLink == 1 ? 1 : 0;
        } else if (step < 0) {
            pathCount[index] -= nowOnPath == 0 ? 1 : 0;
            linkCount[index] -= nowOfLink == 0 ? 1 : 0;
        }
    }

    private void takeOut(Registration gone) {
        registrations.remove(gone);
        gone.path.unlink(gone);
        gone.link.unlink(gone);
        if (gone.path.first == null) {
            paths.remove(gone.path.path);
        }
        if (gone.link.first == null) {
            links.remove(gone.link.link);
        }
    }

    /** The watches of both tables together, as {@code mntr} counts them. */
    public int size() {
        return watchCount[WatchKind.DATA.ordinal()] + watchCount[WatchKind.CHILD.ordinal()];
    }

    /** Pairs of a connection and a path that have any watch: what bounds the memory this takes. */
    public int registrations() {
        return registrations.size();
    }

    public WatchCounts counts(WatchKind kind) {
        int index = kind.ordinal();
        return new WatchCounts(watchCount[index], pathCount[index], linkCount[index]);
    }

    /** Visits one table connection by connection, as {@code wchc} prints it. */
    public void forEachByLink(WatchKind kind, WatchVisitor visitor) {
        for (WatchingLink watching : links.values()) {
            for (Registration at = watching.first; at != null; at = at.nextOfLink) {
                if (at.has(kind.modes())) {
                    visitor.visit(watching.link, at.path.path);
                }
            }
        }
    }

    /** Visits one table path by path, as {@code wchp} prints it. Paths come in no meaningful, but repeatable order. */
    public void forEachByPath(WatchKind kind, WatchVisitor visitor) {
        for (WatchedPath watched : paths.values()) {
            for (Registration at = watched.first; at != null; at = at.nextOnPath) {
                if (at.has(kind.modes())) {
                    visitor.visit(at.link.link, watched.path);
                }
            }
        }
    }
}
