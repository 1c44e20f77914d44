package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.WireWriter;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A node: name, data, statistics and a reference to its ACL. Immutable: a change of the tree puts another one in its
 * place.
 *
 * <p>Millions of these exist, so the form is chosen for the heap: name and data share one array, and all that a node
 * which was created and never touched again does not need lives in a second object that such a node lacks.
 */
public final class ZNode {

    private static final byte[] NOTHING = {};

    /** {@link #nameLength} shifted left by one, plus one for null data, as a varint; then the name; then the data. */
    private final byte[] packed;
    /** Null for a node whose stat is that of its creation, without owner and children. */
    private final @Nullable NodeDetail detail;

    private final long czxid;
    private final long ctime;
    private final int aclId;

    private ZNode(byte[] packed, @Nullable NodeDetail detail, long czxid, long ctime, int aclId) {
        this.packed = packed;
        this.detail = detail;
        this.czxid = czxid;
        this.ctime = ctime;
        this.aclId = aclId;
    }

    private ZNode(byte[] packed, StoredStat stat, int aclId, int numChildren, @Nullable ChildMap children) {
        this(packed, NodeDetail.of(stat, numChildren, children), stat.czxid(), stat.ctime(), aclId);
    }

    /** A node without children whose name and data are copied. */
    static ZNode of(Slice name, @Nullable Slice data, int aclId, StoredStat stat) {
        return new ZNode(pack(name, data), stat, aclId, 0, null);
    }

    ZNode withData(@Nullable Slice data, StoredStat stat) {
        Slice name = new Slice(packed, nameFrom(), nameFrom() + nameLength());
        return new ZNode(pack(name, data), stat, aclId, numChildren(), children());
    }

    ZNode withAcl(int newAclId, StoredStat stat) {
        return new ZNode(packed, stat, newAclId, numChildren(), children());
    }

    ZNode withChildren(StoredStat stat, int numChildren, @Nullable ChildMap children) {
        return new ZNode(packed, stat, aclId, numChildren, children);
    }

    private static byte[] pack(Slice name, @Nullable Slice data) {
        int head = name.length() << 1 | (data == null ? 1 : 0);
        int headBytes = varintBytes(head);
        byte[] packed = new byte[headBytes + name.length() + (data == null ? 0 : data.length())];
        for (int i = 0; i < headBytes; i++) {
            packed[i] = (byte) (head & 0x7f | (i + 1 < headBytes ? 0x80 : 0));
            head >>>= 7;
        }
        name.copyTo(packed, headBytes);
        if (data != null) {
            data.copyTo(packed, headBytes + name.length());
        }
        return packed;
    }

    private static int varintBytes(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    private int head() {
        int head = packed[0];
        if (head >= 0) {
            return head;
        }
        head &= 0x7f;
        for (int i = 1; ; i++) {
            head |= (packed[i] & 0x7f) << 7 * i;
            if (packed[i] >= 0) {
                return head;
            }
        }
    }

    private int nameFrom() {
        return packed[0] >= 0 ? 1 : varintBytes(head());
    }

    int nameLength() {
        return head() >>> 1;
    }

    private int dataFrom() {
        return nameFrom() + nameLength();
    }

    /** The last component of the path, UTF-8, copied; empty for the root. */
    public byte[] name() {
        return Arrays.copyOfRange(packed, nameFrom(), dataFrom());
    }

    /** The data, copied; null and empty are two different values. */
    public byte @Nullable [] data() {
        if (isDataNull()) {
            return null;
        }
        int from = dataFrom();
        return from == packed.length ? NOTHING : Arrays.copyOfRange(packed, from, packed.length);
    }

    boolean isDataNull() {
        return (packed[0] & 1) != 0;
    }

    /** Bytes of data; zero for null. */
    public int dataLength() {
        return packed.length - dataFrom();
    }

    /** Writes the data as a buffer, or null, without copying it first. */
    public void writeDataTo(WireWriter out) {
        if (isDataNull()) {
            out.writeInt(-1);
            return;
        }
        int from = dataFrom();
        out.writeInt(packed.length - from).writeRaw(packed, from, packed.length - from);
    }

    /** Writes the name as a string, without copying it first. */
    public void writeNameTo(WireWriter out) {
        out.writeInt(nameLength()).writeRaw(packed, nameFrom(), nameLength());
    }

    /** Copies the name to {@code target}, which must have room for it. */
    void copyNameTo(byte[] target, int offset) {
        System.arraycopy(packed, nameFrom(), target, offset, nameLength());
    }

    boolean isNamed(byte[] utf8, int from, int to) {
        return Arrays.equals(packed, nameFrom(), dataFrom(), utf8, from, to);
    }

    int compareName(byte[] utf8, int from, int to) {
        return Arrays.compareUnsigned(packed, nameFrom(), dataFrom(), utf8, from, to);
    }

    int compareName(ZNode other) {
        return compareName(other.packed, other.nameFrom(), other.dataFrom());
    }

    /** The digest skips null data, which adds nothing here either. */
    void updateWithData(CRC32 crc) {
        int from = dataFrom();
        crc.update(packed, from, packed.length - from);
    }

    public StoredStat stat() {
        return new StoredStat(czxid, mzxid(), ctime, mtime(), version(), cversion(), aversion(), owner(), pzxid());
    }

    public long czxid() {
        return czxid;
    }

    public long ctime() {
        return ctime;
    }

    public long mzxid() {
        return detail == null ? czxid : detail.mzxid();
    }

    public long mtime() {
        return detail == null ? ctime : detail.mtime();
    }

    public long pzxid() {
        return detail == null ? czxid : detail.pzxid();
    }

    public int version() {
        return detail == null ? 0 : detail.version();
    }

    /** As stored: creations of children. What clients see is {@link StoredStat#visible}. */
    public int cversion() {
        return detail == null ? 0 : detail.cversion();
    }

    public int aversion() {
        return detail == null ? 0 : detail.aversion();
    }

    /** As stored; {@link NodeKinds} reads it. */
    public long owner() {
        return detail == null ? NodeKinds.NO_OWNER : detail.owner();
    }

    /**
     * The reference into the ACL table of the tree or the frozen image that the node comes from; -1 for the open ACL.
     */
    public int aclId() {
        return aclId;
    }

    public int numChildren() {
        return detail == null ? 0 : detail.numChildren();
    }

    @Nullable
    ChildMap children() {
        return detail == null ? null : detail.children();
    }

    /** For messages only. */
    @Override
    public String toString() {
        return NodePath.ofUtf8(name()) + " " + stat();
    }
}
