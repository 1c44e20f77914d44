package io.quorate.simulation.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reply says besides its zxid; the parts that its operation does not have are null, empty or 0.
 *
 * @param error 0 for success (client protocol 4.1)
 * @param text the path of a create or a sync, the data of a read
 * @param names children or paths, sorted: their order on the wire means nothing
 * @param parts of a multi or multiRead
 */
public record Answer(
        int error, @Nullable String text, @Nullable NodeStat stat, List<String> names, List<Answer> parts, int number) {

    public static final int OK = 0;
    public static final int RUNTIME_INCONSISTENCY = -2;
    public static final int BAD_ARGUMENTS = -8;
    public static final int NO_NODE = -101;
    public static final int BAD_VERSION = -103;
    public static final int NO_CHILDREN_FOR_EPHEMERALS = -108;
    public static final int NODE_EXISTS = -110;
    public static final int NOT_EMPTY = -111;
    public static final int SESSION_EXPIRED = -112;
    public static final int SESSION_MOVED = -118;
    public static final int NOT_READ_ONLY = -119;
    public static final int NO_WATCHER = -121;

    /** Success, and nothing to tell. */
    public static final Answer DONE = failed(OK);

    public static Answer failed(int error) {
        return new Answer(error, null, null, List.of(), List.of(), 0);
    }

    public static Answer text(@Nullable String text, @Nullable NodeStat stat) {
        return new Answer(OK, text, stat, List.of(), List.of(), 0);
    }

    public static Answer names(List<String> names, @Nullable NodeStat stat) {
        return new Answer(OK, null, stat, names, List.of(), 0);
    }

    public static Answer parts(List<Answer> parts) {
        return new Answer(OK, null, null, List.of(), parts, 0);
    }

    public static Answer number(int number) {
        return new Answer(OK, null, null, List.of(), List.of(), number);
    }

    /** Whether a write with this answer took effect. A multi says so in its parts only. */
    public boolean isSuccess() {
        if (error != OK) {
            return false;
        }
        for (Answer part : parts) {
            if (part.error != OK) {
                return false;
            }
        }
        return true;
    }
}
