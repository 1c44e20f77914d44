package io.quorate.core.request;

import io.quorate.core.auth.AclChecker;
import io.quorate.core.auth.AclRules;
import io.quorate.core.base.NodePath;
import io.quorate.core.base.NodePathRules;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.TxnStamp;
import io.quorate.core.tree.ZNode;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.client.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a write into the transaction that will do it, or into the error that the client gets, judging by the state as
 * it will be once everything proposed so far is applied. The order of the checks is the reference's (client protocol
 * 4.3): the first that fails decides.
 */
public final class TxnPreparer {

    private static final int ANY_VERSION = -1;

    private final DataTree tree;
    private final PendingChanges pending;
    private final CreatePreparer creates;
    private final AclChecker aclChecker;
    private final AclRules aclRules;
    private final QuotaRule quotas;

    public TxnPreparer(DataTree tree, NodeKinds kinds, AclChecker aclChecker, AclRules aclRules, boolean enforceQuota) {
        this.tree = tree;
        this.aclChecker = aclChecker;
        this.aclRules = aclRules;
        pending = new PendingChanges(tree);
        quotas = new QuotaRule(tree, enforceQuota);
        creates = new CreatePreparer(pending, kinds, aclChecker, aclRules, quotas);
    }

    /**
     * Prepares one write.
     *
     * @param stamp the zxid and time that the transaction gets if there is one; a refused write consumes neither
     * @return the transaction, or what to answer instead
     */
    public Prepared prepare(Operation.Write operation, Requester requester, TxnStamp stamp) {
        pending.begin();
        try {
            TxnBody body = operation instanceof Operation.Multi multi
                    ? prepareMulti(multi, requester, stamp)
                    : prepareOne(operation, requester, stamp);
            return Prepared.of(new Txn(
                    requester.sessionId(), requester.cxid(), stamp.zxid(), stamp.timeMillis(), body, pending.digest()));
        } catch (MultiRefused refused) {
            pending.rollBack();
            return Prepared.refused(refused.result());
        } catch (RequestRefused refused) {
            pending.rollBack();
            return Prepared.refused(TxnResult.failed(refused.error()));
        }
    }

    /** Takes back the transaction prepared last: it turned out that it cannot be logged. */
    public void discardLast() {
        pending.rollBack();
    }

    /** The transaction with this zxid is in the tree now. */
    public void applied(long zxid) {
        pending.applied(zxid);
    }

    private TxnBody prepareMulti(Operation.Multi multi, Requester requester, TxnStamp stamp) {
        List<Operation.Write> operations = multi.operations();
        List<TxnBody> parts = new ArrayList<>(operations.size());
        for (Operation.Write operation : operations) {
            try {
                parts.add(prepareOne(operation, requester, stamp));
            } catch (RequestRefused refused) {
                throw new MultiRefused(TxnResult.failedMulti(operations.size(), parts.size(), refused.error()));
            }
        }
        return new TxnBody.Multi(parts);
    }

    private TxnBody prepareOne(Operation.Write operation, Requester requester, TxnStamp stamp) {
        if (operation instanceof Operation.SetData setData) {
            return prepareSetData(setData, requester, stamp);
        }
        if (operation instanceof Operation.Create create) {
            return creates.prepare(create, requester, stamp);
        }
        if (operation instanceof Operation.Delete delete) {
            return prepareDelete(delete, requester, stamp);
        }
        if (operation instanceof Operation.Check check) {
            return prepareCheck(check, requester);
        }
        if (operation instanceof Operation.SetAcl setAcl) {
            return prepareSetAcl(setAcl, requester, stamp);
        }
        if (operation instanceof Operation.DeleteContainer delete) {
            return prepareDeleteContainer(delete, stamp);
        }
        if (operation instanceof Operation.CreateSession create) {
            return new TxnBody.CreateSession(create.timeoutMillis());
        }
        if (operation instanceof Operation.CloseSession) {
            return prepareCloseSession(requester, stamp);
        }
        // reconfig on a server that is not an ensemble's leader; with the feature off the router has refused it before
        throw new RequestRefused(ErrorCode.UNIMPLEMENTED);
    }

    private TxnBody prepareSetData(Operation.SetData request, Requester requester, TxnStamp stamp) {
        NodePath path = validated(request.path());
        PendingNode node = existing(path);
        require(node, Acl.WRITE, requester);
        int length = request.data() == null ? 0 : request.data().length;
        quotas.checkBytes(path, length - node.dataLength());
        int version = next(node.stat().version(), request.version());
        put(
                path,
                stamp,
                node,
                node.withData(request.data(), node.stat().dataSet(version, stamp.zxid(), stamp.timeMillis())));
        return new TxnBody.SetData(path, request.data(), version);
    }

    private TxnBody prepareSetAcl(Operation.SetAcl request, Requester requester, TxnStamp stamp) {
        NodePath path = validated(request.path());
        List<Acl> acl = aclRules.validated(request.acl(), requester.identities());
        RequestRefused.unless(acl != null, ErrorCode.INVALID_ACL);
        PendingNode node = existing(path);
        require(node, Acl.ADMIN, requester);
        int version = next(node.stat().aversion(), request.version());
        put(path, stamp, node, node.withAcl(acl, node.stat().aclSet(version)));
        return new TxnBody.SetAcl(path, acl, version);
    }

    private TxnBody prepareCheck(Operation.Check request, Requester requester) {
        NodePath path = validated(request.path());
        PendingNode node = existing(path);
        require(node, Acl.READ, requester);
        return new TxnBody.Check(path, next(node.stat().version(), request.version()));
    }

    private TxnBody prepareDelete(Operation.Delete request, Requester requester, TxnStamp stamp) {
        NodePath path = request.path();
        RequestRefused.unless(SystemNodes.mayBeDeleted(path), ErrorCode.BAD_ARGUMENTS);
        NodePath parentPath = path.parent();
        PendingNode parent = existing(parentPath);
        require(parent, Acl.DELETE, requester);
        PendingNode node = existing(path);
        next(node.stat().version(), request.version());
        RequestRefused.unless(node.numChildren() == 0, ErrorCode.NOT_EMPTY);
        remove(path, node, parent, stamp);
        return new TxnBody.Delete(path);
    }

    private TxnBody prepareDeleteContainer(Operation.DeleteContainer request, TxnStamp stamp) {
        NodePath path = request.path();
        RequestRefused.unless(SystemNodes.mayBeDeleted(path), ErrorCode.BAD_ARGUMENTS);
        PendingNode node = existing(path);
        RequestRefused.unless(node.numChildren() == 0, ErrorCode.NOT_EMPTY);
        RequestRefused.unless(creates.mayBeReaped(node), ErrorCode.BAD_VERSION);
        remove(path, node, existing(path.parent()), stamp);
        return new TxnBody.DeleteContainer(path);
    }

    /** The list of ephemerals is fixed here: those in the tree and those on their way, without those being deleted. */
    private TxnBody prepareCloseSession(Requester requester, TxnStamp stamp) {
        long sessionId = requester.sessionId();
        List<NodePath> paths = new ArrayList<>();
        for (NodePath path : tree.ephemeralsOf(sessionId)) {
            PendingNode node = pending.find(path);
            if (node != null && node.stat().owner() == sessionId) {
                paths.add(path);
            }
        }
        paths.addAll(pending.pathsOf(sessionId, path -> {
            ZNode applied = tree.find(path);
            return applied == null || applied.owner() != sessionId;
        }));
        for (NodePath path : paths) {
            remove(path, existing(path), existing(path.parent()), stamp);
        }
        return new TxnBody.CloseSession(paths);
    }

    private void remove(NodePath path, PendingNode node, PendingNode parent, TxnStamp stamp) {
        put(path, stamp, node, null);
        NodePath parentPath = path.parent();
        put(
                parentPath,
                stamp,
                parent,
                parent.withChildren(parent.numChildren() - 1, parent.stat().childDeleted(stamp.zxid())));
    }

    private void put(NodePath path, TxnStamp stamp, PendingNode before, @Nullable PendingNode after) {
        pending.put(path, stamp.zxid(), before, after);
    }

    private static NodePath validated(@Nullable NodePath path) {
        if (path == null || !NodePathRules.isValid(path)) {
            throw new RequestRefused(ErrorCode.BAD_ARGUMENTS);
        }
        return path;
    }

    private PendingNode existing(NodePath path) {
        PendingNode node = pending.find(path);
        if (node == null) {
            throw new RequestRefused(ErrorCode.NO_NODE);
        }
        return node;
    }

    private void require(PendingNode node, int permission, Requester requester) {
        RequestRefused.unless(aclChecker.allows(node.acl(), permission, requester.identities()), ErrorCode.NO_AUTH);
    }

    /** The version after this one; it never becomes -1, which could not be matched exactly any more. */
    private static int next(int current, int expected) {
        RequestRefused.unless(expected == ANY_VERSION || expected == current, ErrorCode.BAD_VERSION);
        int next = current + 1;
        return next == ANY_VERSION ? 0 : next;
    }
}
