package io.quorate.core.request;

import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.client.Operation;
import java.util.List;

/** The body of a multi's reply: a header and a record per result, then the end (client protocol 6.3). */
final class MultiResult {

    static final int GET_DATA = OpCode.GET_DATA.code();
    static final int GET_CHILDREN = OpCode.GET_CHILDREN.code();
    private static final int ERROR = -1;

    private MultiResult() {}

    static void write(WireWriter out, Operation.Multi multi, List<TxnResult> results) {
        boolean failed = false;
        for (TxnResult result : results) {
            failed |= result.error() != ErrorCode.OK;
        }
        for (int i = 0; i < results.size(); i++) {
            if (failed) {
                writeError(out, results.get(i).error());
            } else {
                writeResult(out, multi.operations().get(i), results.get(i));
            }
        }
        writeEnd(out);
    }

    private static void writeResult(WireWriter out, Operation.Write operation, TxnResult result) {
        if (operation instanceof Operation.Create create) {
            boolean plain = create.op() == OpCode.CREATE;
            writeHeader(out, plain ? OpCode.CREATE.code() : OpCode.CREATE2.code());
            WriteReply.writeCreated(out, result, !plain);
        } else if (operation instanceof Operation.SetData) {
            writeHeader(out, OpCode.SET_DATA.code());
            WriteReply.writeStat(out, result);
        } else if (operation instanceof Operation.Delete) {
            writeHeader(out, OpCode.DELETE.code());
        } else {
            writeHeader(out, OpCode.CHECK.code());
        }
    }

    static void writeHeader(WireWriter out, int type) {
        out.writeInt(type).writeBool(false).writeInt(ErrorCode.OK.code());
    }

    static void writeError(WireWriter out, ErrorCode error) {
        out.writeInt(ERROR).writeBool(false).writeInt(error.code()).writeInt(error.code());
    }

    static void writeEnd(WireWriter out) {
        out.writeInt(ERROR).writeBool(true).writeInt(ERROR);
    }
}
