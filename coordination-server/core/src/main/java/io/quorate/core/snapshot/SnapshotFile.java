package io.quorate.core.snapshot;

import io.quorate.core.port.DiskFile;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot by its name (quorum protocol 9.1).
 *
 * @param zxid the last transaction that the image holds for certain; the name is authoritative
 */
public record SnapshotFile(long zxid, Compression compression, String name) {

    /** By zxid, newest first; files of one zxid by name. */
    static final Comparator<SnapshotFile> NEWEST_FIRST =
            Comparator.comparing(SnapshotFile::zxid, Comparator.reverseOrder()).thenComparing(SnapshotFile::name);

    /** Not beginning with "snapshot.", so that no ZooKeeper server takes a half-written file for a snapshot. */
    private static final String TEMPORARY_PREFIX = "tmp.";

    private static final String PREFIX = "snapshot.";

    /** How the file is packed; its suffix says so. */
    public enum Compression {
        NONE(""),
        GZIP(".gz"),
        SNAPPY(".snappy");

        private final String suffix;

        Compression(String suffix) {
            this.suffix = suffix;
        }
    }

    /** The uncompressed snapshot of a zxid, as we write it. */
    public static SnapshotFile of(long zxid) {
        return new SnapshotFile(zxid, Compression.NONE, PREFIX + Long.toHexString(zxid));
    }

    /** Null for names that are no snapshot's. */
    public static @Nullable SnapshotFile parse(String name) {
        if (!name.startsWith(PREFIX)) {
            return null;
        }
        String rest = name.substring(PREFIX.length());
        Compression compression = Compression.NONE;
        for (Compression candidate : Compression.values()) {
            if (rest.endsWith(candidate.suffix)) {
                compression = candidate;
            }
        }
        long zxid = parseHex(rest.substring(0, rest.length() - compression.suffix.length()));
        return zxid == -1 ? null : new SnapshotFile(zxid, compression, name);
    }

    /** -1 when it is no zxid, as in the reference. */
    static long parseHex(String text) {
        try {
            return Long.parseLong(text, 16);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    static boolean isTemporary(String name) {
        return name.startsWith(TEMPORARY_PREFIX + PREFIX);
    }

    public DiskFile diskFile() {
        return DiskFile.snapshot(name);
    }

    /** Where the file is written before it gets its name. */
    DiskFile temporaryFile() {
        return DiskFile.snapshot(TEMPORARY_PREFIX + name);
    }
}
