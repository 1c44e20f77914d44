package io.quorate.simulation.client;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Invocation;
import io.quorate.simulation.history.Received.Event;
import io.quorate.simulation.history.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The watches that a client believes to have, so that it can set them again after a disconnection. */
final class WatchMemory {

    private final TreeSet<String> data = new TreeSet<>();
    private final TreeSet<String> exist = new TreeSet<>();
    private final TreeSet<String> child = new TreeSet<>();
    private final TreeSet<String> persistent = new TreeSet<>();
    private final TreeSet<String> recursive = new TreeSet<>();

    void clear() {
        List.of(data, exist, child, persistent, recursive).forEach(TreeSet::clear);
    }

    void learn(Invocation invocation) {
        Answer answer = invocation.answer();
        Request request = invocation.request();
        if (answer == null) {
            return;
        }
        if (answer.error() == Answer.OK) {
            learnFound(request);
        } else if (answer.error() == Answer.NO_NODE && request instanceof Request.Exists exists && exists.watch()) {
            exist.add(exists.path());
        }
    }

    private void learnFound(Request request) {
        if (request instanceof Request.GetData get && get.watch()) {
            data.add(get.path());
        } else if (request instanceof Request.Exists exists && exists.watch()) {
            data.add(exists.path());
        } else if (request instanceof Request.GetChildren get && get.watch()) {
            child.add(get.path());
        } else if (request instanceof Request.AddWatch add) {
            (add.recursive() ? recursive : persistent).add(add.path());
        } else if (request instanceof Request.RemoveWatches remove) {
            List.of(data, exist, child, persistent, recursive).forEach(paths -> paths.remove(remove.path()));
        }
    }

    void learn(Event event) {
        switch (event.kind()) {
            case CREATED, DATA_CHANGED -> {
                data.remove(event.path());
                exist.remove(event.path());
            }
            case DELETED -> List.of(data, exist, child).forEach(paths -> paths.remove(event.path()));
            case CHILDREN_CHANGED -> child.remove(event.path());
        }
    }

    /** Null when there is nothing to set. */
    Request.@Nullable SetWatches restore(long relativeZxid) {
        Request.SetWatches request = new Request.SetWatches(
                relativeZxid, copy(data), copy(exist), copy(child), copy(persistent), copy(recursive));
        boolean empty = data.isEmpty() && exist.isEmpty() && child.isEmpty();
        return empty && persistent.isEmpty() && recursive.isEmpty() ? null : request;
    }

    private static List<String> copy(TreeSet<String> paths) {
        return new ArrayList<>(paths);
    }
}
