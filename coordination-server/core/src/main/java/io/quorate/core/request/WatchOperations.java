package io.quorate.core.request;

import io.quorate.core.base.NodePath;
import io.quorate.core.tree.ZNode;
import io.quorate.core.watch.WatchMode;
import io.quorate.core.watch.WatchTable;
import io.quorate.core.watch.WatcherType;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.ClientReply;
import io.quorate.core.wire.client.EventType;
import io.quorate.core.wire.client.Operation;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operations that are about watches alone (client protocol 7.4, 7.5). */
final class WatchOperations {

    private final ServerState state;
    private final WatchTable watches;
    /** Its own encoder: events leave while a reply is being written. */
    private final ClientReply events = new ClientReply();

    WatchOperations(ServerState state) {
        this.state = state;
        watches = state.watches();
    }

    ErrorCode execute(PendingRequest request, ClientLink link, WireWriter out) {
        return switch (request.op) {
            case ADD_WATCH -> add((Operation.AddWatch) request.operation, link, out);
            case CHECK_WATCHES -> {
                Operation.CheckWatches check = (Operation.CheckWatches) request.operation;
                WatcherType type = WatcherType.of(check.type());
                yield type == null ? ErrorCode.MARSHALLING_ERROR : found(watches.contains(link.id, check.path(), type));
            }
            case REMOVE_WATCHES -> {
                Operation.RemoveWatches remove = (Operation.RemoveWatches) request.operation;
                WatcherType type = WatcherType.of(remove.type());
                yield type == null ? ErrorCode.MARSHALLING_ERROR : found(watches.remove(link.id, remove.path(), type));
            }
            case SET_WATCHES, SET_WATCHES2 -> set((Operation.SetWatches) request.operation, link);
            default -> throw new IllegalStateException("not a read: " + request.op);
        };
    }

    private static ErrorCode found(boolean found) {
        return found ? ErrorCode.OK : ErrorCode.NO_WATCHER;
    }

    private ErrorCode add(Operation.AddWatch request, ClientLink link, WireWriter out) {
        WatchMode mode = WatchMode.ofAddWatch(request.mode());
        if (mode == null) {
            return ErrorCode.MARSHALLING_ERROR;
        }
        watches.add(link.id, request.path(), mode);
        out.writeInt(ErrorCode.OK.code());
        return ErrorCode.OK;
    }

    /** Tells what happened since the client's last zxid, and registers where nothing did. */
    private ErrorCode set(Operation.SetWatches request, ClientLink link) {
        long relativeZxid = request.relativeZxid();
        boolean complete = each(request.data(), path -> setData(path, relativeZxid, link))
                && each(request.exist(), path -> setExist(path, link))
                && each(request.child(), path -> setChild(path, relativeZxid, link))
                && each(request.persistent(), path -> watches.addPersistent(link.id, path))
                && each(request.recursive(), path -> watches.addRecursive(link.id, path));
        return complete ? ErrorCode.OK : ErrorCode.MARSHALLING_ERROR;
    }

    /** False where the client has sent null for a list: what came before it has been done. */
    private static boolean each(@Nullable List<NodePath> paths, Consumer<NodePath> action) {
        if (paths != null) {
            paths.forEach(action);
        }
        return paths != null;
    }

    private void setExist(NodePath path, ClientLink link) {
        if (state.tree().find(path) != null) {
            tell(link, EventType.NODE_CREATED, path);
        } else {
            watches.addData(link.id, path);
        }
    }

    private void setData(NodePath path, long relativeZxid, ClientLink link) {
        ZNode node = state.tree().find(path);
        if (node == null) {
            tell(link, EventType.NODE_DELETED, path);
        } else if (node.mzxid() > relativeZxid) {
            tell(link, EventType.NODE_DATA_CHANGED, path);
        } else {
            watches.addData(link.id, path);
        }
    }

    private void setChild(NodePath path, long relativeZxid, ClientLink link) {
        ZNode node = state.tree().find(path);
        if (node == null) {
            tell(link, EventType.NODE_DELETED, path);
        } else if (node.pzxid() > relativeZxid) {
            tell(link, EventType.NODE_CHILDREN_CHANGED, path);
        } else {
            watches.addChild(link.id, path);
        }
    }

    private void tell(ClientLink link, EventType type, NodePath path) {
        state.links().send(link.id, events.event(type, path, ClientReply.NO_ZXID));
    }
}
