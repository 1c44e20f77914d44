package io.quorate.simulation;

import io.quorate.core.log.EpochFile;
import io.quorate.core.log.SegmentCatalog;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * What a server has on its medium, whatever it believes to have there: transactions, the newest snapshot, both epochs.
 * Read with a reader of its own (quorum protocol 9.2, 9.7), and as cheaply as a check after each turn needs it.
 */
public final class DurableHistory {

    /** There is no such file, or nothing that could be read in it. */
    public static final long NONE = -1;

    private static final int HEADER_BYTES = 16;
    private static final int PREFIX_BYTES = Long.BYTES + Integer.BYTES;
    private static final int ZXID_OFFSET = 12;
    private static final String SNAPSHOT_PREFIX = "snapshot.";
    private static final int HEXADECIMAL = 16;

    private final SimDiskState disk;
    private final Map<DiskFile, Scan> scans = new TreeMap<>(SimDiskState.BY_NAME);
    private final TreeMap<Long, byte[]> txns = new TreeMap<>();
    private long seenLogChanges = NONE;
    private long seenOtherChanges = NONE;
    private long rebuilds;
    private long snapshotZxid = NONE;
    private long acceptedEpoch = NONE;
    private long currentEpoch = NONE;

    /** How far one log file has been read. */
    private static final class Scan {
        private final SimFile file;
        private final int rewrites;
        private int offset = HEADER_BYTES;

        private Scan(SimFile file) {
            this.file = file;
            this.rewrites = file.rewrites();
        }
    }

    public DurableHistory(SimDiskState disk) {
        this.disk = disk;
    }

    /** Whether the medium holds a transaction, in the log or under a snapshot. */
    public boolean holds(long zxid) {
        return txns().containsKey(zxid) || zxid <= snapshotZxid();
    }

    /** As it was logged; null where the log does not hold it. */
    public byte @Nullable [] payload(long zxid) {
        return txns().get(zxid);
    }

    /** Of the log, by zxid, ascending. */
    public TreeMap<Long, byte[]> txns() {
        refreshLog();
        return txns;
    }

    /** Of the log and the newest snapshot; {@link #NONE} where there is neither. */
    public long lastZxid() {
        return Math.max(snapshotZxid(), txns().isEmpty() ? NONE : txns.lastKey());
    }

    public long snapshotZxid() {
        refreshOthers();
        return snapshotZxid;
    }

    public long acceptedEpoch() {
        refreshOthers();
        return acceptedEpoch;
    }

    public long currentEpoch() {
        refreshOthers();
        return currentEpoch;
    }

    /** Grows whenever something that was there may be gone. */
    public long rebuilds() {
        refreshLog();
        return rebuilds;
    }

    private void refreshLog() {
        if (disk.changes(Volume.LOG) == seenLogChanges) {
            return;
        }
        seenLogChanges = disk.changes(Volume.LOG);
        forgetWhatIsGone();
        for (Map.Entry<DiskFile, SimFile> entry : disk.medium().entrySet()) {
            DiskFile name = entry.getKey();
            if (name.volume() == Volume.LOG && SegmentCatalog.zxidOf(name.name()) != NONE) {
                read(scans.computeIfAbsent(name, file -> new Scan(entry.getValue())));
            }
        }
    }

    private void refreshOthers() {
        if (disk.changes(Volume.SNAPSHOT) == seenOtherChanges) {
            return;
        }
        seenOtherChanges = disk.changes(Volume.SNAPSHOT);
        snapshotZxid = NONE;
        acceptedEpoch = NONE;
        currentEpoch = NONE;
        for (Map.Entry<DiskFile, SimFile> entry : disk.medium().entrySet()) {
            DiskFile name = entry.getKey();
            if (name.equals(EpochFile.ACCEPTED.file())) {
                acceptedEpoch = number(entry.getValue());
            } else if (name.equals(EpochFile.CURRENT.file())) {
                currentEpoch = number(entry.getValue());
            } else if (name.volume() == Volume.SNAPSHOT) {
                snapshotZxid = Math.max(snapshotZxid, snapshotZxidOf(name.name()));
            }
        }
    }

    private void forgetWhatIsGone() {
        boolean changed = false;
        for (Iterator<Map.Entry<DiskFile, Scan>> all = scans.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<DiskFile, Scan> entry = all.next();
            Scan scan = entry.getValue();
            boolean same = disk.medium().get(entry.getKey()) == scan.file && scan.file.rewrites() == scan.rewrites;
            if (!same) {
                all.remove();
                changed = true;
            }
        }
        if (changed) {
            rebuilds++;
            scans.clear();
            txns.clear();
        }
    }

    private void read(Scan scan) {
        ByteBuffer medium = scan.file.medium();
        while (scan.offset + PREFIX_BYTES <= medium.limit()) {
            long checksum = medium.getLong(scan.offset);
            int length = medium.getInt(scan.offset + Long.BYTES);
            int start = scan.offset + PREFIX_BYTES;
            if (length < ZXID_OFFSET + Long.BYTES || length > medium.limit() - start - 1) {
                return;
            }
            byte[] payload = new byte[length];
            medium.get(start, payload);
            Adler32 actual = new Adler32();
            actual.update(payload);
            if (actual.getValue() != checksum) {
                return;
            }
            txns.put(ByteBuffer.wrap(payload).getLong(ZXID_OFFSET), payload);
            scan.offset = start + length + 1;
        }
    }

    private static long number(SimFile file) {
        String text = StandardCharsets.US_ASCII.decode(file.medium()).toString();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException torn) {
            return NONE;
        }
    }

    private static long snapshotZxidOf(String name) {
        if (!name.startsWith(SNAPSHOT_PREFIX)) {
            return NONE;
        }
        try {
            return Long.parseLong(name, SNAPSHOT_PREFIX.length(), name.length(), HEXADECIMAL);
        } catch (NumberFormatException other) {
            return NONE;
        }
    }
}
