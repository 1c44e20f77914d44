package io.quorate.simulation.check;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Received.Event;
import io.quorate.simulation.history.Received.EventKind;
import io.quorate.simulation.history.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The watches of one connection (client protocol 7): what is registered, and which events a change must cause. */
final class WatchModel {

    private static final long NO_ZXID = -1;

    private final TreeSet<String> data = new TreeSet<>();
    private final TreeSet<String> child = new TreeSet<>();
    private final TreeSet<String> persistent = new TreeSet<>();
    private final TreeSet<String> recursive = new TreeSet<>();

    /** The events of one change, in their order; one-shot watches are used up. */
    List<Event> onChange(Change change, long zxid) {
        List<Event> events = new ArrayList<>();
        String path = change.path();
        String parent = ReferenceModel.parent(path);
        boolean exact = data.remove(path) | persistent.contains(path);
        boolean told = exact || isUnderRecursive(path);
        switch (change.kind()) {
            case DATA_CHANGED -> add(events, told, EventKind.DATA_CHANGED, path, zxid);
            case CREATED -> {
                add(events, told, EventKind.CREATED, path, zxid);
                boolean parentToo = child.remove(parent) | persistent.contains(parent);
                add(events, parentToo, EventKind.CHILDREN_CHANGED, parent, zxid);
            }
            case DELETED -> {
                boolean byChildTable = child.remove(path);
                add(events, told || byChildTable, EventKind.DELETED, path, zxid);
                boolean parentToo = child.remove(parent) | persistent.contains(parent);
                add(events, parentToo, EventKind.CHILDREN_CHANGED, parent, zxid);
            }
        }
        return events;
    }

    private static void add(List<Event> events, boolean due, EventKind kind, String path, long zxid) {
        if (due) {
            events.add(new Event(kind, path, zxid));
        }
    }

    private boolean isUnderRecursive(String path) {
        if (recursive.isEmpty()) {
            return false;
        }
        for (String at = path; !at.equals(ReferenceModel.ROOT); at = ReferenceModel.parent(at)) {
            if (recursive.contains(at)) {
                return true;
            }
        }
        return recursive.contains(ReferenceModel.ROOT);
    }

    /** The registration that comes with a read. @param found whether the node exists */
    void onRead(Request request, boolean found) {
        if (request instanceof Request.GetData get && get.watch() && found) {
            data.add(get.path());
        } else if (request instanceof Request.Exists exists && exists.watch()) {
            data.add(exists.path());
        } else if (request instanceof Request.GetChildren get && get.watch() && found) {
            child.add(get.path());
        }
    }

    Answer add(Request.AddWatch request) {
        (request.recursive() ? recursive : persistent).add(request.path());
        return Answer.number(0);
    }

    Answer remove(Request.RemoveWatches request) {
        String path = request.path();
        boolean found = data.remove(path) | child.remove(path) | persistent.remove(path) | recursive.remove(path);
        return found ? Answer.DONE : Answer.failed(Answer.NO_WATCHER);
    }

    /** Registers what has not changed, and returns the events that tell of what has. */
    List<Event> restore(Request.SetWatches request, ReferenceModel model) {
        List<Event> events = new ArrayList<>();
        for (String path : request.data()) {
            ModelNode node = model.find(path);
            if (node == null) {
                events.add(new Event(EventKind.DELETED, path, NO_ZXID));
            } else if (node.mzxid > request.relativeZxid()) {
                events.add(new Event(EventKind.DATA_CHANGED, path, NO_ZXID));
            } else {
                data.add(path);
            }
        }
        for (String path : request.exist()) {
            if (model.find(path) == null) {
                data.add(path);
            } else {
                events.add(new Event(EventKind.CREATED, path, NO_ZXID));
            }
        }
        for (String path : request.child()) {
            ModelNode node = model.find(path);
            if (node == null) {
                events.add(new Event(EventKind.DELETED, path, NO_ZXID));
            } else if (node.pzxid > request.relativeZxid()) {
                events.add(new Event(EventKind.CHILDREN_CHANGED, path, NO_ZXID));
            } else {
                child.add(path);
            }
        }
        persistent.addAll(request.persistent());
        recursive.addAll(request.recursive());
        return events;
    }
}
