package io.quorate.core.snapshot;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The snapshots on disk that pass a quick test: which one to start from, and which files nobody needs any more (quorum
 * protocol 9.5 and 9.9). Scanned at start, kept up to date by its owner afterwards.
 */
public final class SnapshotCatalog {

    /** How many are tried before the start is given up, as in the reference. */
    static final int MAX_TRIES = 100;

    private static final String LOG_PREFIX = "log.";
    private static final int MIN_BYTES = 10;
    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
    private static final byte[] SNAPPY_MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    private static final byte[] END_MARKER = {0, 0, 0, 1, '/'};

    /** Newest first. */
    private final TreeSet<SnapshotFile> files = new TreeSet<>(SnapshotFile.NEWEST_FIRST);
    /** Snapshots by name that fail the quick test. */
    private final List<SnapshotFile> incomplete = new ArrayList<>();
    /** Files that a crash has left half-written. */
    private final List<DiskFile> leftovers = new ArrayList<>();

    /** What the directory holds. Looks at a few bytes of each file. */
    public static SnapshotCatalog scan(DiskImage image) {
        SnapshotCatalog catalog = new SnapshotCatalog();
        for (String name : image.list(Volume.SNAPSHOT)) {
            SnapshotFile file = SnapshotFile.parse(name);
            if (file != null && isPlausible(image, file)) {
                catalog.files.add(file);
            } else if (file != null) {
                catalog.incomplete.add(file);
            } else if (SnapshotFile.isTemporary(name)) {
                catalog.leftovers.add(DiskFile.snapshot(name));
            }
        }
        return catalog;
    }

    /** The quick test: the end of a plain file, the beginning of a compressed one. */
    private static boolean isPlausible(DiskImage image, SnapshotFile file) {
        long size = image.sizeBytes(file.diskFile());
        return switch (file.compression()) {
            case NONE -> size >= MIN_BYTES && holds(image, file, size - END_MARKER.length, END_MARKER);
            case GZIP -> holds(image, file, 0, GZIP_MAGIC);
            case SNAPPY -> holds(image, file, 0, SNAPPY_MAGIC);
        };
    }

    private static boolean holds(DiskImage image, SnapshotFile file, long offset, byte[] expected) {
        ByteBuffer bytes = ByteBuffer.allocate(expected.length);
        int count = 0;
        while (count >= 0 && bytes.hasRemaining()) {
            count = image.read(file.diskFile(), offset + bytes.position(), bytes);
        }
        return !bytes.hasRemaining() && bytes.flip().equals(ByteBuffer.wrap(expected));
    }

    /** Whether no snapshot passes the quick test. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** The snapshots that pass the quick test. */
    public List<SnapshotFile> newestFirst() {
        return new ArrayList<>(files);
    }

    /** Snapshots by name that fail the quick test: a crash of a server that writes them in place. */
    public List<SnapshotFile> incomplete() {
        return new ArrayList<>(incomplete);
    }

    /** Temporary files of snapshots that were never finished; they may be deleted. */
    public List<DiskFile> leftovers() {
        return new ArrayList<>(leftovers);
    }

    /** Reads the newest snapshot that can be read, up to 100 of them. */
    public SnapshotChoice load(SnapshotReader reader) {
        List<CorruptSnapshot> refused = new ArrayList<>();
        for (SnapshotFile file : files) {
            if (refused.size() == MAX_TRIES) {
                break;
            }
            try {
                return new SnapshotChoice(reader.read(file), refused);
            } catch (CorruptSnapshot corrupt) {
                refused.add(corrupt);
            }
        }
        return new SnapshotChoice(null, refused);
    }

    /** A snapshot has been written under its name. */
    public void added(SnapshotFile file) {
        files.add(file);
    }

    /** A snapshot has been deleted. */
    public void removed(SnapshotFile file) {
        files.remove(file);
        incomplete.remove(file);
    }

    /**
     * Everything whose name is beyond {@code zxid}, which a truncation to it must delete first (quorum protocol 9.4).
     */
    public List<SnapshotFile> newerThan(long zxid) {
        List<SnapshotFile> newer = new ArrayList<>(files);
        newer.addAll(incomplete);
        newer.removeIf(file -> file.zxid() <= zxid);
        return newer;
    }

    /**
     * What may go when the newest {@code count} snapshots stay: older snapshots, and logs that end before the oldest
     * one kept.
     *
     * @param count at least 1
     * @param logNames the names in the log directory, in any order
     */
    public Retention retained(int count, List<String> logNames) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one snapshot must be kept, not " + count);
        }
        List<SnapshotFile> all = newestFirst();
        if (all.isEmpty()) {
            return new Retention(List.of(), List.of());
        }
        long oldest = all.get(Math.min(count, all.size()) - 1).zxid();
        List<SnapshotFile> snapshots = new ArrayList<>(all);
        snapshots.addAll(incomplete);
        snapshots.removeIf(file -> file.zxid() >= oldest);
        return new Retention(snapshots, logsBefore(oldest, logNames));
    }

    /** The log with the greatest name up to {@code zxid} may hold later transactions, so it stays. */
    private static List<DiskFile> logsBefore(long zxid, List<String> names) {
        long keep = -1;
        for (String name : names) {
            long first = firstZxid(name);
            if (first <= zxid) {
                keep = Math.max(keep, first);
            }
        }
        List<DiskFile> logs = new ArrayList<>();
        for (String name : names) {
            long first = firstZxid(name);
            if (first >= 0 && first < keep) {
                logs.add(DiskFile.log(name));
            }
        }
        return logs;
    }

    private static long firstZxid(String name) {
        return name.startsWith(LOG_PREFIX) ? SnapshotFile.parseHex(name.substring(LOG_PREFIX.length())) : -1;
    }
}
