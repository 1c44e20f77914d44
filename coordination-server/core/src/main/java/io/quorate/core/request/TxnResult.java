package io.quorate.core.request;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.Stat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a write came to.
 *
 * @param path the path created, suffix included; null for other operations
 * @param stat the node's statistics right behind the change; null where no reply shows them
 * @param parts one result per operation of a multi, empty otherwise
 */
public record TxnResult(
        ErrorCode error, @Nullable NodePath path, @Nullable Stat stat, List<TxnResult> parts) {

    /** Success without anything to tell. */
    static final TxnResult DONE = new TxnResult(ErrorCode.OK, null, null, List.of());

    public static TxnResult failed(ErrorCode error) {
        return error == ErrorCode.OK ? DONE : new TxnResult(error, null, null, List.of());
    }

    static TxnResult of(@Nullable NodePath path, Stat stat) {
        return new TxnResult(ErrorCode.OK, path, stat, List.of());
    }

    static TxnResult multi(List<TxnResult> parts) {
        return new TxnResult(ErrorCode.OK, null, null, parts);
    }

    /** Whether the session is used through another server by now; a multi says so in one of its parts. */
    boolean saysSessionMoved() {
        for (TxnResult part : parts) {
            if (part.error == ErrorCode.SESSION_MOVED) {
                return true;
            }
        }
        return error == ErrorCode.SESSION_MOVED;
    }

    /** The results of a multi whose operation {@code index} failed (client protocol 6.4). */
    static TxnResult failedMulti(int size, int index, ErrorCode error) {
        List<TxnResult> parts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ErrorCode code = i < index ? ErrorCode.OK : i == index ? error : ErrorCode.RUNTIME_INCONSISTENCY;
            parts.add(new TxnResult(code, null, null, List.of()));
        }
        return multi(parts);
    }
}
