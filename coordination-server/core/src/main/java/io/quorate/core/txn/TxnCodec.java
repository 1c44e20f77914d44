package io.quorate.core.txn;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Txn} to bytes and back (quorum protocol 8.1 to 8.3). The same bytes go to the log and to peers. */
public final class TxnCodec {

    /** The only version of the tree digest that we compute. */
    public static final int DIGEST_VERSION = 2;

    private static final int DIGEST_BYTES = Integer.BYTES + Long.BYTES;

    private TxnCodec() {}

    public static void write(Txn txn, WireWriter out) {
        out.writeLong(txn.sessionId())
                .writeInt(txn.cxid())
                .writeLong(txn.zxid())
                .writeLong(txn.timeMillis());
        out.writeInt(txn.body().type());
        txn.body().writeTo(out);
        if (txn.digest() != null) {
            out.writeInt(DIGEST_VERSION).writeLong(txn.digest());
        }
    }

    /**
     * Decodes one transaction; trailing bytes are ignored.
     *
     * @throws MalformedRecord when the bytes are no transaction that we know
     */
    public static Txn read(ByteBuffer bytes) {
        WireReader in = new WireReader(bytes);
        long sessionId = in.readLong();
        int cxid = in.readInt();
        long zxid = in.readLong();
        long timeMillis = in.readLong();
        int type = in.readInt();
        if (type == TxnType.CHECK) {
            throw new MalformedRecord("a check outside a multi");
        }
        TxnBody body = readBody(type, in, bytes);
        return new Txn(sessionId, cxid, zxid, timeMillis, body, readDigest(in));
    }

    private static @Nullable Long readDigest(WireReader in) {
        if (in.remaining() < DIGEST_BYTES) {
            return null;
        }
        int version = in.readInt();
        long digest = in.readLong();
        return version == DIGEST_VERSION ? digest : null;
    }

    private static TxnBody readBody(int type, WireReader in, ByteBuffer bytes) {
        return switch (type) {
            case TxnType.CREATE_SESSION -> new TxnBody.CreateSession(in.readInt());
            case TxnType.CLOSE_SESSION -> readCloseSession(in, bytes);
            case TxnType.ERROR -> new TxnBody.Failed(in.readInt());
            case TxnType.MULTI -> readMulti(in, bytes);
            case TxnType.RECONFIG -> new TxnBody.Reconfig(in.readPath(), in.readBuffer(), in.readInt());
            case TxnType.SET_ACL -> new TxnBody.SetAcl(in.readPath(), acl(in), in.readInt());
            default -> readTreeChange(type, in);
        };
    }

    private static TxnBody readTreeChange(int type, WireReader in) {
        return switch (type) {
            case TxnType.CREATE, TxnType.CREATE2 -> readCreate(type, in);
            case TxnType.CREATE_CONTAINER ->
                new TxnBody.CreateContainer(in.readPath(), in.readBuffer(), acl(in), in.readInt());
            case TxnType.CREATE_TTL ->
                new TxnBody.CreateTtl(in.readPath(), in.readBuffer(), acl(in), in.readInt(), in.readLong());
            case TxnType.DELETE -> new TxnBody.Delete(in.readPath());
            case TxnType.DELETE_CONTAINER -> new TxnBody.DeleteContainer(in.readPath());
            case TxnType.SET_DATA -> new TxnBody.SetData(in.readPath(), in.readBuffer(), in.readInt());
            case TxnType.CHECK -> new TxnBody.Check(in.readPath(), in.readInt());
            default -> throw new MalformedRecord("unknown transaction type " + type);
        };
    }

    /** The form older than 3.4 ends before the parent's cversion. */
    private static TxnBody readCreate(int type, WireReader in) {
        NodePath path = in.readPath();
        byte[] data = in.readBuffer();
        List<Acl> acl = acl(in);
        boolean ephemeral = in.readBool();
        int parentCversion = in.remaining() < Integer.BYTES ? -1 : in.readInt();
        return new TxnBody.Create(type, path, data, acl, ephemeral, parentCversion);
    }

    /**
     * The record may be absent, with a digest right behind the header: exactly a digest's bytes that start with its
     * version are taken for that, since a list of two paths would be longer (quorum protocol 8.3).
     */
    private static TxnBody readCloseSession(WireReader in, ByteBuffer bytes) {
        boolean absent = in.remaining() < Integer.BYTES
                || in.remaining() == DIGEST_BYTES && bytes.getInt(bytes.position()) == DIGEST_VERSION;
        return new TxnBody.CloseSession(absent ? null : paths(in));
    }

    private static List<NodePath> paths(WireReader in) {
        int count = in.readCount();
        List<NodePath> paths = new ArrayList<>(Math.max(0, Math.min(count, 64)));
        for (int i = 0; i < count; i++) {
            paths.add(in.readPath());
        }
        return paths;
    }

    private static TxnBody readMulti(WireReader in, ByteBuffer bytes) {
        int count = in.readCount();
        List<TxnBody> parts = new ArrayList<>(Math.max(0, Math.min(count, 64)));
        for (int i = 0; i < count; i++) {
            int type = in.readInt();
            byte[] record = in.readBuffer();
            if (record == null) {
                throw new MalformedRecord("null record inside a multi");
            }
            WireReader part = new WireReader(ByteBuffer.wrap(record));
            parts.add(type == TxnType.ERROR ? new TxnBody.Failed(part.readInt()) : readTreeChange(type, part));
        }
        return new TxnBody.Multi(parts);
    }

    private static List<Acl> acl(WireReader in) {
        List<Acl> acl = Acl.readList(in);
        return acl == null ? List.of() : acl;
    }
}
