package io.quorate.core.request;

import io.quorate.core.base.NodePath;
import io.quorate.core.session.SessionTable;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.TreeChange;
import io.quorate.core.tree.TxnStamp;
import io.quorate.core.tree.ZNode;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.txn.TxnType;
import io.quorate.core.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * A committed transaction becomes changes of the tree and the session table (quorum protocol 8.5). Used for live
 * transactions and for replay alike, and never refuses: what cannot be done any more is a result, not a failure.
 */
public final class TxnApplier {

    private final DataTree tree;
    private final SessionTable sessions;
    private final NodeKinds kinds;

    public TxnApplier(DataTree tree, SessionTable sessions, NodeKinds kinds) {
        this.tree = tree;
        this.sessions = sessions;
        this.kinds = kinds;
    }

    /**
     * Applies one transaction.
     *
     * @param changes receives what happened to the tree, in order
     */
    public TxnResult apply(Txn txn, List<TreeChange> changes) {
        TxnStamp stamp = new TxnStamp(txn.zxid(), txn.timeMillis());
        TxnResult result = switch (txn.body().type()) {
            case TxnType.MULTI -> applyMulti((TxnBody.Multi) txn.body(), txn.sessionId(), stamp, changes);
            case TxnType.CREATE_SESSION -> openSession(txn);
            case TxnType.CLOSE_SESSION -> closeSession(txn, stamp, changes);
            case TxnType.ERROR -> TxnResult.failed(errorOf(((TxnBody.Failed) txn.body()).code()));
            default -> applyOne(txn.body(), txn.sessionId(), stamp, changes);
        };
        tree.setLastZxid(txn.zxid());
        return result;
    }

    private TxnResult applyMulti(TxnBody.Multi multi, long sessionId, TxnStamp stamp, List<TreeChange> changes) {
        List<TxnBody> parts = multi.parts();
        for (TxnBody part : parts) {
            if (part instanceof TxnBody.Failed) {
                return failedMulti(parts);
            }
        }
        List<TxnResult> results = new ArrayList<>(parts.size());
        for (TxnBody part : parts) {
            results.add(applyOne(part, sessionId, stamp, changes));
        }
        return TxnResult.multi(results);
    }

    /** Parts before the first failure would have succeeded; those behind it were not looked at (8.4). */
    private static TxnResult failedMulti(List<TxnBody> parts) {
        List<TxnResult> results = new ArrayList<>(parts.size());
        ErrorCode ofOthers = ErrorCode.OK;
        for (TxnBody part : parts) {
            ErrorCode error = part instanceof TxnBody.Failed failed ? errorOf(failed.code()) : ofOthers;
            results.add(TxnResult.failed(error));
            ofOthers = part instanceof TxnBody.Failed && error != ErrorCode.OK
                    ? ErrorCode.RUNTIME_INCONSISTENCY
                    : ofOthers;
        }
        return TxnResult.multi(results);
    }

    private static ErrorCode errorOf(int code) {
        for (ErrorCode error : ErrorCode.values()) {
            if (error.code() == code) {
                return error;
            }
        }
        return ErrorCode.RUNTIME_INCONSISTENCY;
    }

    private TxnResult applyOne(TxnBody body, long sessionId, TxnStamp stamp, List<TreeChange> changes) {
        return switch (body.type()) {
            case TxnType.SET_DATA, TxnType.RECONFIG -> setData(body, stamp, changes);
            case TxnType.DELETE -> TxnResult.failed(tree.delete(((TxnBody.Delete) body).path(), stamp, changes));
            case TxnType.DELETE_CONTAINER ->
                TxnResult.failed(tree.delete(((TxnBody.DeleteContainer) body).path(), stamp, changes));
            case TxnType.SET_ACL -> setAcl((TxnBody.SetAcl) body);
            case TxnType.CHECK -> TxnResult.DONE;
            default -> create(body, sessionId, stamp, changes);
        };
    }

    private TxnResult create(TxnBody body, long sessionId, TxnStamp stamp, List<TreeChange> changes) {
        if (body instanceof TxnBody.Create create) {
            long owner = create.ephemeral() ? sessionId : NodeKinds.NO_OWNER;
            return created(
                    create.path(),
                    tree.create(
                            create.path(),
                            create.data(),
                            create.acl(),
                            owner,
                            create.parentCversion(),
                            stamp,
                            changes));
        }
        if (body instanceof TxnBody.CreateContainer create) {
            return created(
                    create.path(),
                    tree.create(
                            create.path(),
                            create.data(),
                            create.acl(),
                            NodeKinds.CONTAINER_OWNER,
                            create.parentCversion(),
                            stamp,
                            changes));
        }
        TxnBody.CreateTtl create = (TxnBody.CreateTtl) body;
        long owner = NodeKinds.ttlOwner(create.ttlMillis());
        return created(
                create.path(),
                tree.create(
                        create.path(), create.data(), create.acl(), owner, create.parentCversion(), stamp, changes));
    }

    private TxnResult created(NodePath path, ErrorCode error) {
        return error == ErrorCode.OK ? withStat(path) : TxnResult.failed(error);
    }

    private TxnResult setData(TxnBody body, TxnStamp stamp, List<TreeChange> changes) {
        NodePath path;
        ErrorCode error;
        if (body instanceof TxnBody.SetData setData) {
            path = setData.path();
            error = tree.setData(path, setData.data(), setData.newVersion(), stamp, changes);
        } else {
            TxnBody.Reconfig reconfig = (TxnBody.Reconfig) body;
            path = reconfig.path();
            error = tree.setData(path, reconfig.data(), reconfig.newVersion(), stamp, changes);
        }
        return error == ErrorCode.OK ? withStat(path) : TxnResult.failed(error);
    }

    private TxnResult setAcl(TxnBody.SetAcl setAcl) {
        ErrorCode error = tree.setAcl(setAcl.path(), setAcl.acl(), setAcl.newVersion());
        return error == ErrorCode.OK ? withStat(setAcl.path()) : TxnResult.failed(error);
    }

    private TxnResult withStat(NodePath path) {
        ZNode node = tree.find(path);
        return node == null
                ? TxnResult.DONE
                : TxnResult.of(path, node.stat().visible(node.dataLength(), node.numChildren(), kinds));
    }

    private TxnResult openSession(Txn txn) {
        sessions.open(txn.sessionId(), ((TxnBody.CreateSession) txn.body()).timeoutMillis());
        return TxnResult.DONE;
    }

    /** Deletes exactly what is listed, whoever owns it, and then what the tree still attributes to the session. */
    private TxnResult closeSession(Txn txn, TxnStamp stamp, List<TreeChange> changes) {
        long sessionId = txn.sessionId();
        sessions.remove(sessionId);
        List<NodePath> listed = ((TxnBody.CloseSession) txn.body()).paths();
        if (listed != null) {
            listed.forEach(path -> tree.delete(path, stamp, changes));
        }
        List.copyOf(tree.ephemeralsOf(sessionId)).forEach(path -> tree.delete(path, stamp, changes));
        return TxnResult.DONE;
    }
}
