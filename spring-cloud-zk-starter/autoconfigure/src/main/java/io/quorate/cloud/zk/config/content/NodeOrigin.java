package io.quorate.cloud.zk.config.content;

import org.springframework.boot.origin.Origin;

/**
 * Where a property comes from, for Boot's failure analysis and its {@code env} endpoint.
 *
 * @param path absolute path of the znode
 * @param mzxid transaction that wrote it
 */
record NodeOrigin(String path, long mzxid) implements Origin {

    @Override
    public String toString() {
        return "znode " + path + " (mzxid 0x" + Long.toHexString(mzxid) + ")";
    }
}
