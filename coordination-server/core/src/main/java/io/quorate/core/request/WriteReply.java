package io.quorate.core.request;

import io.quorate.core.base.NodePath;
import io.quorate.core.base.Verify;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.Stat;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.client.Operation;
import org.jspecify.annotations.Nullable;

/** The body of a successful write's reply (client protocol 3.1). */
final class WriteReply {

    private WriteReply() {}

    /** Writes the body, or nothing where the result is an error or the operation has no body. */
    static void write(WireWriter out, OpCode op, @Nullable Operation operation, TxnResult result) {
        if (result.error() != ErrorCode.OK) {
            return;
        }
        switch (op) {
            case CREATE -> writeCreated(out, result, false);
            case CREATE2, CREATE_CONTAINER, CREATE_TTL -> writeCreated(out, result, true);
            case SET_DATA, SET_ACL -> writeStat(out, result);
            case MULTI -> MultiResult.write(out, multi(operation), result.parts());
            default -> {
                // delete and closeSession: the header says it all
            }
        }
    }

    private static Operation.Multi multi(@Nullable Operation operation) {
        Verify.that(operation instanceof Operation.Multi, "a multi's reply needs its request");
        return (Operation.Multi) operation;
    }

    static void writeCreated(WireWriter out, TxnResult result, boolean withStat) {
        NodePath path = result.path();
        Verify.that(path != null, "a created node has a path");
        out.writePath(path);
        if (withStat) {
            writeStat(out, result);
        }
    }

    static void writeStat(WireWriter out, TxnResult result) {
        Stat stat = result.stat();
        Verify.that(stat != null, "a changed node has statistics");
        stat.writeTo(out);
    }
}
