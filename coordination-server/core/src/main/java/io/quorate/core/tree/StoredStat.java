package io.quorate.core.tree;

import io.quorate.core.wire.Stat;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;

/**
 * A node's statistics as the tree and the files keep them (quorum protocol 8.5): {@code cversion} counts creations of
 * children only, {@code owner} tells the kind (client protocol 5.5). Each step is pure and yields the next value. Times
 * are milliseconds since 1970.
 */
public record StoredStat(
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        long owner,
        long pzxid) {

    /** Bytes of {@link #writeTo}. */
    public static final int BYTES = 6 * Long.BYTES + 3 * Integer.BYTES;

    /** The built-in nodes of an empty tree. */
    static final StoredStat ZERO = created(0, 0, NodeKinds.NO_OWNER);

    /** @param owner see {@link NodeKinds} */
    public static StoredStat created(long zxid, long timeMillis, long owner) {
        return new StoredStat(zxid, zxid, timeMillis, timeMillis, 0, 0, 0, owner, zxid);
    }

    public StoredStat dataSet(int newVersion, long zxid, long timeMillis) {
        return new StoredStat(czxid, zxid, ctime, timeMillis, newVersion, cversion, aversion, owner, pzxid);
    }

    public StoredStat aclSet(int newAversion) {
        return new StoredStat(czxid, mzxid, ctime, mtime, version, cversion, newAversion, owner, pzxid);
    }

    /**
     * A child was created. Replay may bring an old creation again, so nothing ever goes back.
     *
     * @param parentCversion the cversion after the creation as the transaction says it; -1 for "one more"
     */
    public StoredStat childCreated(int parentCversion, long zxid) {
        int next = parentCversion == -1 ? cversion + 1 : parentCversion;
        if (next <= cversion) {
            return this;
        }
        return new StoredStat(czxid, mzxid, ctime, mtime, version, next, aversion, owner, zxid);
    }

    /** A child was deleted, or its deletion was replayed when it was gone already. */
    public StoredStat childDeleted(long zxid) {
        if (zxid <= pzxid) {
            return this;
        }
        return new StoredStat(czxid, mzxid, ctime, mtime, version, cversion, aversion, owner, zxid);
    }

    /**
     * What clients see (client protocol 5.3): creations and deletions of children together, sessions as owners only.
     */
    public Stat visible(int dataLength, int numChildren, NodeKinds kinds) {
        long visibleOwner = kinds.isEphemeral(owner) ? owner : NodeKinds.NO_OWNER;
        int changes = 2 * cversion - numChildren;
        return new Stat(
                czxid, mzxid, ctime, mtime, version, changes, aversion, visibleOwner, dataLength, numChildren, pzxid);
    }

    /** In the order of snapshots (quorum protocol 4.8). */
    public void writeTo(WireWriter out) {
        out.writeLong(czxid).writeLong(mzxid).writeLong(ctime).writeLong(mtime);
        out.writeInt(version)
                .writeInt(cversion)
                .writeInt(aversion)
                .writeLong(owner)
                .writeLong(pzxid);
    }

    public static StoredStat readFrom(WireReader in) {
        return new StoredStat(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong());
    }
}
