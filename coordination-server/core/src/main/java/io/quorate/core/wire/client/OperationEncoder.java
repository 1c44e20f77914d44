package io.quorate.core.wire.client;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A write as the body that {@link OperationDecoder} reads: what a learner forwards to its leader. */
public final class OperationEncoder {

    private static final int NO_ERROR = -1;

    private OperationEncoder() {}

    /** The number under which an operation travels. */
    public static OpCode opCode(Operation.Write operation) {
        if (operation instanceof Operation.Create create) {
            return create.op();
        }
        if (operation instanceof Operation.Delete) {
            return OpCode.DELETE;
        }
        if (operation instanceof Operation.SetData) {
            return OpCode.SET_DATA;
        }
        if (operation instanceof Operation.SetAcl) {
            return OpCode.SET_ACL;
        }
        if (operation instanceof Operation.Multi) {
            return OpCode.MULTI;
        }
        if (operation instanceof Operation.Check) {
            return OpCode.CHECK;
        }
        return opCodeOfRare(operation);
    }

    private static OpCode opCodeOfRare(Operation.Write operation) {
        if (operation instanceof Operation.CreateSession) {
            return OpCode.CREATE_SESSION;
        }
        if (operation instanceof Operation.CloseSession) {
            return OpCode.CLOSE_SESSION;
        }
        return operation instanceof Operation.Reconfig ? OpCode.RECONFIG : OpCode.DELETE_CONTAINER;
    }

    public static void writeBody(Operation.Write operation, WireWriter out) {
        if (operation instanceof Operation.Create create) {
            writeCreate(create, out);
        } else if (operation instanceof Operation.Delete delete) {
            out.writePath(delete.path()).writeInt(delete.version());
        } else if (operation instanceof Operation.SetData setData) {
            writePath(setData.path(), out);
            out.writeBuffer(setData.data()).writeInt(setData.version());
        } else if (operation instanceof Operation.SetAcl setAcl) {
            writePath(setAcl.path(), out);
            writeAcl(setAcl.acl(), out);
            out.writeInt(setAcl.version());
        } else if (operation instanceof Operation.Multi multi) {
            writeMulti(multi, out);
        } else if (operation instanceof Operation.Check check) {
            out.writePath(check.path()).writeInt(check.version());
        } else {
            writeRare(operation, out);
        }
    }

    private static void writeRare(Operation.Write operation, WireWriter out) {
        if (operation instanceof Operation.CreateSession create) {
            out.writeInt(create.timeoutMillis());
        } else if (operation instanceof Operation.Reconfig reconfig) {
            out.writeString(reconfig.joining()).writeString(reconfig.leaving());
            out.writeString(reconfig.newMembers()).writeLong(reconfig.configVersion());
        } else if (operation instanceof Operation.DeleteContainer delete) {
            out.writePath(delete.path());
        }
    }

    private static void writeCreate(Operation.Create create, WireWriter out) {
        out.writePath(create.path()).writeBuffer(create.data());
        writeAcl(create.acl(), out);
        out.writeInt(create.flags());
        if (create.op() == OpCode.CREATE_TTL) {
            out.writeLong(create.ttlMillis());
        }
    }

    private static void writeMulti(Operation.Multi multi, WireWriter out) {
        for (Operation.Write part : multi.operations()) {
            out.writeInt(opCode(part).code()).writeBool(false).writeInt(NO_ERROR);
            writeBody(part, out);
        }
        out.writeInt(NO_ERROR).writeBool(true).writeInt(NO_ERROR);
    }

    private static void writePath(@Nullable NodePath path, WireWriter out) {
        if (path == null) {
            out.writeString(null);
        } else {
            out.writePath(path);
        }
    }

    private static void writeAcl(@Nullable List<Acl> acl, WireWriter out) {
        if (acl == null) {
            out.writeInt(-1);
        } else {
            Acl.writeList(out, acl);
        }
    }
}
