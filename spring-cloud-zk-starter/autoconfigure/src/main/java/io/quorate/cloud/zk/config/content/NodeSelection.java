package io.quorate.cloud.zk.config.content;

import java.util.List;

/**
 * Which nodes a context is made of.
 *
 * @param roots absolute paths; any of them may be missing
 * @param withDescendants whether all nodes below the roots belong to it as well
 */
public record NodeSelection(List<String> roots, boolean withDescendants) {

    /** Takes a copy of the list. */
    public NodeSelection {
        roots = List.copyOf(roots);
    }
}
