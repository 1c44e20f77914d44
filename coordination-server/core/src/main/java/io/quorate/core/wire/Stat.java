package io.quorate.core.wire;

/**
 * A node's statistics as clients see them (client protocol 5.3): {@code cversion} counts child creations and deletions,
 * {@code ephemeralOwner} is zero for containers and TTL nodes. Times are milliseconds since 1970.
 */
public record Stat(
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        long ephemeralOwner,
        int dataLength,
        int numChildren,
        long pzxid) {

    public void writeTo(WireWriter out) {
        out.writeLong(czxid).writeLong(mzxid).writeLong(ctime).writeLong(mtime);
        out.writeInt(version).writeInt(cversion).writeInt(aversion).writeLong(ephemeralOwner);
        out.writeInt(dataLength).writeInt(numChildren).writeLong(pzxid);
    }
}
