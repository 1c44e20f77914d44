package io.quorate.core.log;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names of log files and what follows from them alone (quorum protocol 9.1, 9.3, 9.9). */
public final class SegmentCatalog {

    /**
     * The next segment while it is prepared. The name does not parse as a log's, so neither recovery nor the reference
     * takes it for one.
     */
    public static final DiskFile SPARE = DiskFile.log("spare.log");

    private static final String PREFIX = "log.";

    private SegmentCatalog() {}

    /** The file whose first record is {@code zxid}. */
    public static DiskFile fileOf(long zxid) {
        return DiskFile.log(PREFIX + Long.toHexString(zxid));
    }

    /** The zxid in a log file's name; -1 for every other name. */
    public static long zxidOf(String name) {
        if (!name.startsWith(PREFIX)) {
            return -1;
        }
        try {
            long zxid = Long.parseUnsignedLong(name, PREFIX.length(), name.length(), 16);
            // One spelling only: what fileOf would not find again is not ours to read or delete.
            return name.equals(fileOf(zxid).name()) ? zxid : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** First zxids of all log files, ascending. */
    public static List<Long> list(DiskImage image) {
        List<Long> zxids = new ArrayList<>();
        for (String name : image.list(Volume.LOG)) {
            long zxid = zxidOf(name);
            if (zxid != -1) {
                zxids.add(zxid);
            }
        }
        zxids.sort(Comparator.naturalOrder());
        return zxids;
    }

    /**
     * What is needed to replay everything after {@code snapshotZxid}: the last file that may hold the record right
     * after it, and all later ones. The others may be deleted once that snapshot is durable.
     *
     * @param firstZxids ascending
     */
    public static List<Long> neededAfter(long snapshotZxid, List<Long> firstZxids) {
        int from = 0;
        while (from + 1 < firstZxids.size() && firstZxids.get(from + 1) <= snapshotZxid) {
            from++;
        }
        return firstZxids.subList(from, firstZxids.size());
    }
}
