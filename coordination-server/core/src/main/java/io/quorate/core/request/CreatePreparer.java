package io.quorate.core.request;

import io.quorate.core.auth.AclChecker;
import io.quorate.core.auth.AclRules;
import io.quorate.core.base.NodePath;
import io.quorate.core.base.NodePathRules;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.StoredStat;
import io.quorate.core.tree.TxnStamp;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.txn.TxnType;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.client.Operation;
import java.util.List;

/** Prepares the four creates (client protocol 4.3, first table). */
final class CreatePreparer {

    private final PendingChanges pending;
    private final NodeKinds kinds;
    private final AclChecker aclChecker;
    private final AclRules aclRules;
    private final QuotaRule quotas;

    CreatePreparer(
            PendingChanges pending, NodeKinds kinds, AclChecker aclChecker, AclRules aclRules, QuotaRule quotas) {
        this.pending = pending;
        this.kinds = kinds;
        this.aclChecker = aclChecker;
        this.aclRules = aclRules;
        this.quotas = quotas;
    }

    TxnBody prepare(Operation.Create request, Requester requester, TxnStamp stamp) {
        CreateKind kind = CreateKind.of(request, kinds);
        RequestRefused.unless(NodePathRules.hasSlashAndNoNul(request.path()), ErrorCode.BAD_ARGUMENTS);
        List<Acl> acl = aclRules.validated(request.acl(), requester.identities());
        RequestRefused.unless(acl != null, ErrorCode.INVALID_ACL);
        NodePath parentPath = request.path().parent();
        PendingNode parent = pending.find(parentPath);
        RequestRefused.unless(parent != null, ErrorCode.NO_NODE);
        RequestRefused.unless(aclChecker.allows(parent.acl(), Acl.CREATE, requester.identities()), ErrorCode.NO_AUTH);
        int counter = parent.stat().cversion();
        NodePath path = kind.isSequential() ? request.path().append(SequenceSuffix.of(counter)) : request.path();
        RequestRefused.unless(NodePathRules.isValid(path), ErrorCode.BAD_ARGUMENTS);
        RequestRefused.unless(!pending.exists(path), ErrorCode.NODE_EXISTS);
        RequestRefused.unless(!kinds.isEphemeral(parent.stat().owner()), ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
        quotas.checkCreate(path, request.data() == null ? 0 : request.data().length);

        int parentCversion = counter + 1;
        StoredStat stat = StoredStat.created(stamp.zxid(), stamp.timeMillis(), owner(kind, request, requester));
        pending.put(path, stamp.zxid(), null, new PendingNode(request.data(), stat, acl, 0));
        pending.put(
                parentPath,
                stamp.zxid(),
                parent,
                parent.withChildren(
                        parent.numChildren() + 1, parent.stat().childCreated(parentCversion, stamp.zxid())));
        return body(kind, path, request, acl, parentCversion);
    }

    /** Whether the container manager may delete it: anything but a session's ephemeral. */
    boolean mayBeReaped(PendingNode node) {
        return !kinds.isEphemeral(node.stat().owner());
    }

    private static long owner(CreateKind kind, Operation.Create request, Requester requester) {
        return switch (kind) {
            case EPHEMERAL, EPHEMERAL_SEQUENTIAL -> requester.sessionId();
            case CONTAINER -> NodeKinds.CONTAINER_OWNER;
            case TTL, TTL_SEQUENTIAL -> NodeKinds.ttlOwner(request.ttlMillis());
            default -> NodeKinds.NO_OWNER;
        };
    }

    private static TxnBody body(
            CreateKind kind, NodePath path, Operation.Create request, List<Acl> acl, int parentCversion) {
        byte[] data = request.data();
        return switch (kind) {
            case CONTAINER -> new TxnBody.CreateContainer(path, data, acl, parentCversion);
            case TTL, TTL_SEQUENTIAL -> new TxnBody.CreateTtl(path, data, acl, parentCversion, request.ttlMillis());
            default ->
                new TxnBody.Create(
                        request.op() == OpCode.CREATE ? TxnType.CREATE : TxnType.CREATE2,
                        path,
                        data,
                        acl,
                        kind.isEphemeral(),
                        parentCversion);
        };
    }
}
