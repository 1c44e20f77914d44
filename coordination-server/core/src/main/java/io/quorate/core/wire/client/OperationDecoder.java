package io.quorate.core.wire.client;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Body of a request to {@link Operation} (client protocol 3.2). Bytes behind the last field are ignored. */
public final class OperationDecoder {

    private OperationDecoder() {}

    /**
     * Decodes the body behind a request header.
     *
     * @param op anything but auth and sasl, which belong to the connection
     * @throws MalformedRecord when the body is not what the operation needs; the answer is MARSHALLINGERROR
     */
    public static Operation decode(OpCode op, WireReader in) {
        return switch (op) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL -> create(op, in);
            case DELETE -> new Operation.Delete(in.readPath(), in.readInt());
            case SET_DATA -> new Operation.SetData(in.readPathOrNull(), in.readBuffer(), in.readInt());
            case SET_ACL -> new Operation.SetAcl(in.readPathOrNull(), Acl.readList(in), in.readInt());
            case MULTI -> MultiDecoder.decodeWrites(in);
            case MULTI_READ -> MultiDecoder.decodeReads(in);
            case RECONFIG -> new Operation.Reconfig(in.readString(), in.readString(), in.readString(), in.readLong());
            case CLOSE_SESSION -> new Operation.CloseSession();
            default -> decodeRead(op, in);
        };
    }

    static Operation.Create create(OpCode op, WireReader in) {
        NodePath path = in.readPath();
        byte[] data = in.readBuffer();
        List<Acl> acl = Acl.readList(in);
        int flags = in.readInt();
        long ttl = op == OpCode.CREATE_TTL ? in.readLong() : Operation.Create.NO_TTL;
        return new Operation.Create(op, path, data, acl, flags, ttl);
    }

    private static Operation.Read decodeRead(OpCode op, WireReader in) {
        return switch (op) {
            case EXISTS -> new Operation.Exists(in.readPath(), in.readBool());
            case GET_DATA -> new Operation.GetData(in.readPath(), in.readBool());
            case GET_ACL -> new Operation.GetAcl(in.readPath());
            case GET_CHILDREN -> new Operation.GetChildren(in.readPath(), in.readBool(), false);
            case GET_CHILDREN2 -> new Operation.GetChildren(in.readPath(), in.readBool(), true);
            case GET_ALL_CHILDREN_NUMBER -> new Operation.GetAllChildrenNumber(in.readPath());
            case GET_EPHEMERALS -> new Operation.GetEphemerals(in.readPathOrNull());
            case SYNC -> new Operation.Sync(in.readPathOrNull());
            case PING -> new Operation.Ping();
            case WHO_AM_I -> new Operation.WhoAmI();
            default -> decodeWatchOperation(op, in);
        };
    }

    private static Operation.Read decodeWatchOperation(OpCode op, WireReader in) {
        return switch (op) {
            case ADD_WATCH -> new Operation.AddWatch(in.readPath(), in.readInt());
            case CHECK_WATCHES -> new Operation.CheckWatches(in.readPath(), in.readInt());
            case REMOVE_WATCHES -> new Operation.RemoveWatches(in.readPath(), in.readInt());
            case SET_WATCHES ->
                new Operation.SetWatches(in.readLong(), paths(in), paths(in), paths(in), List.of(), List.of());
            case SET_WATCHES2 ->
                new Operation.SetWatches(in.readLong(), paths(in), paths(in), paths(in), paths(in), paths(in));
            default -> throw new MalformedRecord("no client operation: " + op);
        };
    }

    private static @Nullable List<NodePath> paths(WireReader in) {
        int count = in.readCount();
        if (count == -1) {
            return null;
        }
        List<NodePath> paths = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            paths.add(in.readPath());
        }
        return paths;
    }
}
