package io.quorate.core.snapshot;

import io.quorate.core.tree.DataTree;
import java.util.List;

/**
 * What a snapshot file holds.
 *
 * @param tree at the zxid of the file's name
 * @param sessions in the order of the file
 * @param digestZxid the zxid at which {@code digest} describes the tree; 0 without a usable digest
 * @param digest as the file says; 0 without a usable one
 */
public record LoadedSnapshot(
        SnapshotFile file,
        DataTree tree,
        List<OpenSession> sessions,
        DigestCheck digestCheck,
        long digestZxid,
        long digest) {

    /** Whether the tree is what the writer saw (quorum protocol 8.6 and 9.6). */
    public enum DigestCheck {
        MATCHES,
        /**
         * The tree is not what the writer had. Not fatal, as everywhere: reported, and repairable from another member.
         */
        DIFFERS,
        /** Taken while changes went on: to be compared when replay has reached {@code digestZxid}. */
        PENDING,
        /** No digest, one of another version, or one older than the file. */
        ABSENT
    }

    public long zxid() {
        return file.zxid();
    }
}
