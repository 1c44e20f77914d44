package io.quorate.cloud.zk.config.content;

import java.util.Arrays;

/**
 * A node of a context at the moment it was read.
 *
 * @param mzxid transaction that wrote the data last
 * @param pzxid transaction that added or removed a child last
 * @param data bytes of the node; never changed after they were read
 * @param leaf whether the node had no child
 */
public record ConfigNode(long mzxid, long pzxid, byte[] data, boolean leaf) {

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigNode node
                && mzxid == node.mzxid
                && pzxid == node.pzxid
                && leaf == node.leaf
                && Arrays.equals(data, node.data);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(mzxid);
    }

    /** Says everything but the value: values may be secrets. */
    @Override
    public String toString() {
        return "node of " + data.length + " bytes, mzxid 0x" + Long.toHexString(mzxid);
    }
}
