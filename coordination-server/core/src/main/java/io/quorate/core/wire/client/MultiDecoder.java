package io.quorate.core.wire.client;

import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of multi and multiRead (client protocol 6.1): headers that name an operation, each with its record, until a
 * header that says done. A kind that does not belong makes the whole request malformed.
 */
final class MultiDecoder {

    private static final int CREATE_FLAGS_END = 7;
    private static final int FLAG_CONTAINER = 4;
    private static final int FLAG_TTL = 5;

    private MultiDecoder() {}

    static Operation.Multi decodeWrites(WireReader in) {
        List<Operation.Write> operations = new ArrayList<>();
        for (OpCode op = nextKind(in); op != null; op = nextKind(in)) {
            operations.add(write(op, in));
        }
        return new Operation.Multi(operations);
    }

    static Operation.MultiRead decodeReads(WireReader in) {
        List<Operation.Read> operations = new ArrayList<>();
        for (OpCode op = nextKind(in); op != null; op = nextKind(in)) {
            operations.add(read(op, in));
        }
        return new Operation.MultiRead(operations);
    }

    /** The kind of the next operation, or null at the end. */
    private static @Nullable OpCode nextKind(WireReader in) {
        int type = in.readInt();
        boolean done = in.readBool();
        in.readInt(); // the error field of the header, meaningless in a request
        if (done) {
            return null;
        }
        OpCode op = OpCode.of(type);
        if (op == null) {
            throw new MalformedRecord("no operation " + type + " inside a multi");
        }
        return op;
    }

    private static Operation.Write write(OpCode op, WireReader in) {
        return switch (op) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL -> normalised(OperationDecoder.create(op, in));
            case DELETE -> new Operation.Delete(in.readPath(), in.readInt());
            case SET_DATA -> new Operation.SetData(in.readPathOrNull(), in.readBuffer(), in.readInt());
            case CHECK -> new Operation.Check(in.readPath(), in.readInt());
            default -> throw new MalformedRecord(op + " inside a multi");
        };
    }

    private static Operation.Read read(OpCode op, WireReader in) {
        return switch (op) {
            case GET_DATA -> new Operation.GetData(in.readPath(), in.readBool());
            case GET_CHILDREN -> new Operation.GetChildren(in.readPath(), in.readBool(), false);
            default -> throw new MalformedRecord(op + " inside a multiRead");
        };
    }

    /** What the reference's own decoder makes of creates whose kind and flags disagree. */
    private static Operation.Create normalised(Operation.Create create) {
        int flags = create.flags();
        if (flags < 0 || flags >= CREATE_FLAGS_END || create.acl() == null) {
            throw new MalformedRecord("create inside a multi with flags " + flags);
        }
        if (create.op() == OpCode.CREATE_TTL) {
            return flags >= FLAG_TTL
                    ? create
                    : as(create, flags == FLAG_CONTAINER ? OpCode.CREATE_CONTAINER : OpCode.CREATE);
        }
        if (flags >= FLAG_TTL) {
            throw new MalformedRecord("create without a TTL but with flags " + flags);
        }
        return flags == FLAG_CONTAINER ? as(create, OpCode.CREATE_CONTAINER) : create;
    }

    private static Operation.Create as(Operation.Create create, OpCode op) {
        return new Operation.Create(
                op, create.path(), create.data(), create.acl(), create.flags(), Operation.Create.NO_TTL);
    }
}
