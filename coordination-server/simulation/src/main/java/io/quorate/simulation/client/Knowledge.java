package io.quorate.simulation.client;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Invocation;
import io.quorate.simulation.history.NodeStat;
import io.quorate.simulation.history.Request;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client remembers of the tree: usually right, often stale, which is what makes conflicts. */
final class Knowledge {

    private static final int MOST_NAMES = 20;

    private final Map<String, Integer> versions = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    /** Names that the server has chosen. */
    private final ArrayDeque<String> sequentials = new ArrayDeque<>();

    /** {@link Request#ANY} when the node has not been seen. */
    int version(String path) {
        return versions.getOrDefault(path, Request.ANY);
    }

    @Nullable
    String value(String path) {
        return values.get(path);
    }

    @Nullable
    String oldestSequential() {
        return sequentials.pollFirst();
    }

    void learn(Invocation invocation) {
        Answer answer = invocation.answer();
        if (answer == null || answer.error() != Answer.OK) {
            return;
        }
        Request request = invocation.request();
        if (request instanceof Request.GetData get) {
            saw(get.path(), answer.stat());
            values.put(get.path(), String.valueOf(answer.text()));
        } else if (request instanceof Request.SetData set) {
            saw(set.path(), answer.stat());
        } else if (request instanceof Request.Exists exists) {
            saw(exists.path(), answer.stat());
        } else if (request instanceof Request.Create create
                && create.kind().isSequential()
                && sequentials.size() < MOST_NAMES) {
            sequentials.addLast(String.valueOf(answer.text()));
        }
    }

    private void saw(String path, @Nullable NodeStat stat) {
        if (stat != null) {
            versions.put(path, stat.version());
        }
    }
}
