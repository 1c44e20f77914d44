package io.quorate.core.txn;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.WireWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a transaction does (quorum protocol 8.2). Values are absolute, so that a record may be applied twice. */
public sealed interface TxnBody {

    /** The number on disk and on the wire. */
    int type();

    /** Writes the record without its type. */
    void writeTo(WireWriter out);

    /**
     * create and create2, which differ by their number only.
     *
     * @param type 1 or 15
     * @param parentCversion the parent's stored cversion after this create; -1 in data older than 3.4
     */
    record Create(int type, NodePath path, byte @Nullable [] data, List<Acl> acl, boolean ephemeral, int parentCversion)
            implements TxnBody {
        @Override
        public void writeTo(WireWriter out) {
            out.writePath(path).writeBuffer(data);
            Acl.writeList(out, acl);
            out.writeBool(ephemeral).writeInt(parentCversion);
        }
    }

    record CreateContainer(NodePath path, byte @Nullable [] data, List<Acl> acl, int parentCversion)
            implements TxnBody {
        @Override
        public int type() {
            return TxnType.CREATE_CONTAINER;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writePath(path).writeBuffer(data);
            Acl.writeList(out, acl);
            out.writeInt(parentCversion);
        }
    }

    record CreateTtl(NodePath path, byte @Nullable [] data, List<Acl> acl, int parentCversion, long ttlMillis)
            implements TxnBody {
        @Override
        public int type() {
            return TxnType.CREATE_TTL;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writePath(path).writeBuffer(data);
            Acl.writeList(out, acl);
            out.writeInt(parentCversion).writeLong(ttlMillis);
        }
    }

    record Delete(NodePath path) implements TxnBody {
        @Override
        public int type() {
            return TxnType.DELETE;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writePath(path);
        }
    }

    /** The container manager's delete, for containers and TTL nodes. */
    record DeleteContainer(NodePath path) implements TxnBody {
        @Override
        public int type() {
            return TxnType.DELETE_CONTAINER;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writePath(path);
        }
    }

    /** @param newVersion the version after the change */
    record SetData(NodePath path, byte @Nullable [] data, int newVersion) implements TxnBody {
        @Override
        public int type() {
            return TxnType.SET_DATA;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writePath(path).writeBuffer(data).writeInt(newVersion);
        }
    }

    /** Same layout and effect as {@link SetData}, on the configuration node. */
    record Reconfig(NodePath path, byte @Nullable [] data, int newVersion) implements TxnBody {
        @Override
        public int type() {
            return TxnType.RECONFIG;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writePath(path).writeBuffer(data).writeInt(newVersion);
        }
    }

    /** @param newVersion the ACL version after the change */
    record SetAcl(NodePath path, List<Acl> acl, int newVersion) implements TxnBody {
        @Override
        public int type() {
            return TxnType.SET_ACL;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writePath(path);
            Acl.writeList(out, acl);
            out.writeInt(newVersion);
        }
    }

    /** Inside a multi only. */
    record Check(NodePath path, int version) implements TxnBody {
        @Override
        public int type() {
            return TxnType.CHECK;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writePath(path).writeInt(version);
        }
    }

    record CreateSession(int timeoutMillis) implements TxnBody {
        @Override
        public int type() {
            return TxnType.CREATE_SESSION;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writeInt(timeoutMillis);
        }
    }

    /** @param paths the ephemerals to delete; null where the record is absent, as in data older than 3.6 */
    record CloseSession(@Nullable List<NodePath> paths) implements TxnBody {
        @Override
        public int type() {
            return TxnType.CLOSE_SESSION;
        }

        @Override
        public void writeTo(WireWriter out) {
            if (paths != null) {
                out.writeInt(paths.size());
                paths.forEach(out::writePath);
            }
        }
    }

    /** A request that failed; changes nothing. The code is kept as it is on disk. */
    record Failed(int code) implements TxnBody {
        public Failed(ErrorCode error) {
            this(error.code());
        }

        @Override
        public int type() {
            return TxnType.ERROR;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writeInt(code);
        }
    }

    /** All or nothing: with a {@link Failed} among them none is applied (quorum protocol 8.4). */
    record Multi(List<TxnBody> parts) implements TxnBody {
        @Override
        public int type() {
            return TxnType.MULTI;
        }

        @Override
        public void writeTo(WireWriter out) {
            out.writeInt(parts.size());
            for (TxnBody part : parts) {
                out.writeInt(part.type());
                int lengthAt = out.size();
                out.writeInt(0);
                part.writeTo(out);
                out.setInt(lengthAt, out.size() - lengthAt - Integer.BYTES);
            }
        }
    }
}
