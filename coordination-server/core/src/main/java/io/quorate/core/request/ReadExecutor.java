package io.quorate.core.request;

import io.quorate.core.auth.AclRedaction;
import io.quorate.core.auth.ClientIdentities;
import io.quorate.core.auth.Identity;
import io.quorate.core.auth.WhoAmI;
import io.quorate.core.base.NodePath;
import io.quorate.core.base.NodePathRules;
import io.quorate.core.port.LimitReached;
import io.quorate.core.tree.ZNode;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads from the tree as it stands, and registers the watch that belongs to a read in the same step, so that no
 * transaction falls between the two (client protocol 4.4, 7.1).
 */
final class ReadExecutor {

    private final ServerState state;
    private final WatchOperations watchOperations;
    private final WhoAmI whoAmI;

    ReadExecutor(ServerState state, WatchOperations watchOperations, WhoAmI whoAmI) {
        this.state = state;
        this.whoAmI = whoAmI;
        this.watchOperations = watchOperations;
    }

    /** Writes the body of the reply; when the result is not OK, whatever was written is to be thrown away. */
    ErrorCode execute(PendingRequest request, ClientLink link, WireWriter out) {
        Operation operation = request.operation;
        if (addsWatch(operation)
                && state.watches().registrations() >= state.limits().maxWatches()) {
            state.events().limitReached(LimitReached.WATCHES);
            return ErrorCode.THROTTLED;
        }
        ClientIdentities who = request.identities;
        return switch (request.op) {
            case EXISTS -> exists((Operation.Exists) operation, who, link, out);
            case GET_DATA -> getData((Operation.GetData) operation, who, link, out);
            case GET_CHILDREN, GET_CHILDREN2 -> getChildren((Operation.GetChildren) operation, who, link, out);
            case GET_ACL -> getAcl(((Operation.GetAcl) operation).path(), who, out);
            case GET_ALL_CHILDREN_NUMBER ->
                countDescendants(((Operation.GetAllChildrenNumber) operation).path(), who, out);
            case GET_EPHEMERALS -> getEphemerals(((Operation.GetEphemerals) operation).prefix(), link, out);
            case MULTI_READ -> multiRead((Operation.MultiRead) operation, who, out);
            case SYNC -> sync((Operation.Sync) operation, out);
            case WHO_AM_I -> whoAmI(who, out);
            case PING -> ErrorCode.OK;
            default -> watchOperations.execute(request, link, out);
        };
    }

    /** A read that is refused for the size of its reply leaves no watch. */
    private boolean isTooLarge(WireWriter out) {
        return out.size() > state.limits().frames().maxReplyBytes();
    }

    private static boolean addsWatch(@Nullable Operation operation) {
        return operation instanceof Operation.Read read && read.addsWatch();
    }

    private ErrorCode exists(Operation.Exists request, ClientIdentities who, ClientLink link, WireWriter out) {
        if (NodePathRules.hasNul(request.path())) {
            return ErrorCode.BAD_ARGUMENTS;
        }
        ZNode node = state.tree().find(request.path());
        if (node != null && !allows(node, Acl.READ, who)) {
            return ErrorCode.NO_AUTH;
        }
        if (request.watch()) {
            state.watches().addData(link.id, request.path());
        }
        if (node == null) {
            return ErrorCode.NO_NODE;
        }
        writeStat(node, out);
        return ErrorCode.OK;
    }

    private ErrorCode getData(
            Operation.GetData request, ClientIdentities who, @Nullable ClientLink watcher, WireWriter out) {
        ZNode node = state.tree().find(request.path());
        ErrorCode refusal = refusal(node, Acl.READ, who);
        if (node == null || refusal != ErrorCode.OK) {
            return refusal;
        }
        node.writeDataTo(out);
        writeStat(node, out);
        if (isTooLarge(out)) {
            return ErrorCode.MARSHALLING_ERROR;
        }
        if (request.watch() && watcher != null) {
            state.watches().addData(watcher.id, request.path());
        }
        return ErrorCode.OK;
    }

    private ErrorCode getChildren(
            Operation.GetChildren request, ClientIdentities who, @Nullable ClientLink watcher, WireWriter out) {
        ZNode node = state.tree().find(request.path());
        ErrorCode refusal = refusal(node, Acl.READ, who);
        if (node == null || refusal != ErrorCode.OK) {
            return refusal;
        }
        state.tree().writeChildNames(node, out);
        if (request.withStat()) {
            writeStat(node, out);
        }
        if (isTooLarge(out)) {
            return ErrorCode.MARSHALLING_ERROR;
        }
        if (request.watch() && watcher != null) {
            state.watches().addChild(watcher.id, request.path());
        }
        return ErrorCode.OK;
    }

    private ErrorCode getAcl(NodePath path, ClientIdentities who, WireWriter out) {
        ZNode node = state.tree().find(path);
        ErrorCode refusal = refusal(node, Acl.READ | Acl.ADMIN, who);
        if (node == null || refusal != ErrorCode.OK) {
            return refusal;
        }
        List<Acl> acl = state.tree().aclOf(node);
        Acl.writeList(out, allows(node, Acl.ADMIN, who) ? acl : AclRedaction.redact(acl));
        writeStat(node, out);
        return ErrorCode.OK;
    }

    private ErrorCode countDescendants(NodePath path, ClientIdentities who, WireWriter out) {
        ErrorCode refusal = refusal(state.tree().find(path), Acl.READ, who);
        if (refusal == ErrorCode.OK) {
            out.writeInt((int) Math.min(Integer.MAX_VALUE, state.tree().countDescendants(path)));
        }
        return refusal;
    }

    private ErrorCode getEphemerals(@Nullable NodePath prefix, ClientLink link, WireWriter out) {
        boolean all = prefix == null || prefix.isRoot() || prefix.toString().isBlank();
        List<NodePath> paths = new ArrayList<>();
        for (NodePath path : state.tree().ephemeralsOf(link.sessionId())) {
            if (all || path.startsWith(prefix)) {
                paths.add(path);
            }
        }
        out.writeInt(paths.size());
        paths.forEach(out::writePath);
        return ErrorCode.OK;
    }

    /** Each operation has its own result; later ones run whatever earlier ones came to (client protocol 6.5). */
    private ErrorCode multiRead(Operation.MultiRead request, ClientIdentities who, WireWriter out) {
        for (Operation.Read operation : request.operations()) {
            int start = out.size();
            ErrorCode error;
            if (operation instanceof Operation.GetData getData) {
                MultiResult.writeHeader(out, MultiResult.GET_DATA);
                error = getData(getData, who, null, out);
            } else {
                MultiResult.writeHeader(out, MultiResult.GET_CHILDREN);
                error = getChildren((Operation.GetChildren) operation, who, null, out);
            }
            if (error != ErrorCode.OK) {
                out.rewindTo(start);
                MultiResult.writeError(out, error);
            }
            if (isTooLarge(out)) {
                return ErrorCode.MARSHALLING_ERROR;
            }
        }
        MultiResult.writeEnd(out);
        return ErrorCode.OK;
    }

    private static ErrorCode sync(Operation.Sync request, WireWriter out) {
        out.writeBuffer(request.path() == null ? null : request.path().utf8());
        return ErrorCode.OK;
    }

    private ErrorCode whoAmI(ClientIdentities who, WireWriter out) {
        List<Identity> users = whoAmI.users(who);
        out.writeInt(users.size());
        users.forEach(user -> out.writeString(user.scheme()).writeString(user.id()));
        return ErrorCode.OK;
    }

    private ErrorCode refusal(@Nullable ZNode node, int permissions, ClientIdentities who) {
        if (node == null) {
            return ErrorCode.NO_NODE;
        }
        return allows(node, permissions, who) ? ErrorCode.OK : ErrorCode.NO_AUTH;
    }

    private boolean allows(ZNode node, int permissions, ClientIdentities who) {
        return state.aclChecker().allows(state.tree().aclOf(node), permissions, who);
    }

    private void writeStat(ZNode node, WireWriter out) {
        node.stat()
                .visible(node.dataLength(), node.numChildren(), state.kinds())
                .writeTo(out);
    }
}
