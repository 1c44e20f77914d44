package io.quorate.simulation;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One server's disk: files, the names that lead to them, and both again as the medium holds them. Survives the server's
 * crash; the lanes of {@link SimDisk} do not.
 */
public final class SimDiskState {

    static final Comparator<DiskFile> BY_NAME =
            Comparator.comparing(DiskFile::volume).thenComparing(DiskFile::name);

    private final SimRandom random;
    private final TreeMap<DiskFile, SimFile> names = new TreeMap<>(BY_NAME);
    private final TreeMap<DiskFile, SimFile> mediumNames = new TreeMap<>(BY_NAME);
    private long capacityBytes = Integer.MAX_VALUE;
    /** Each grows whenever the medium may hold something else than before on that volume. */
    private final EnumMap<Volume, Long> changes = new EnumMap<>(Volume.class);

    public SimDiskState(SimRandom random) {
        this.random = random.stream("disk damage");
    }

    /** Room for all files together. May be less than what they hold: then nothing grows. */
    public void setCapacity(long bytes) {
        capacityBytes = bytes;
    }

    public long usedBytes() {
        long used = 0;
        for (SimFile file : names.values()) {
            used += file.size();
        }
        return used;
    }

    /**
     * The power fails: unforced pages are kept, dropped, torn or garbled, unforced names kept or lost. Afterwards the
     * disk is what a restarted server finds.
     */
    public void crash() {
        TreeMap<DiskFile, SimFile> survivors = new TreeMap<>(mediumNames);
        for (Map.Entry<DiskFile, SimFile> entry : names.entrySet()) {
            if (!mediumNames.containsKey(entry.getKey()) && random.below(2) == 0) {
                survivors.put(entry.getKey(), entry.getValue());
            }
        }
        survivors.values().forEach(file -> file.crash(random));
        allChanged();
        names.clear();
        names.putAll(survivors);
        mediumNames.clear();
        mediumNames.putAll(survivors);
    }

    /** Another, empty disk takes its place. */
    public void wipe() {
        names.clear();
        mediumNames.clear();
        allChanged();
    }

    /** Flips one bit of what lies on the medium, unnoticed. */
    public void rot(DiskFile file, int offset, int bit) {
        existing(file).flipBit(offset, bit);
        changed(file);
    }

    void truncate(DiskFile file, int sizeBytes) {
        existing(file).truncate(sizeBytes);
        changed(file);
    }

    private void changed(DiskFile file) {
        changes.merge(file.volume(), 1L, Long::sum);
    }

    private void allChanged() {
        for (Volume volume : Volume.values()) {
            changes.merge(volume, 1L, Long::sum);
        }
    }

    long changes(Volume volume) {
        return changes.getOrDefault(volume, 0L);
    }

    /** What a crash would leave for certain. */
    Map<DiskFile, SimFile> medium() {
        return mediumNames;
    }

    boolean exists(DiskFile file) {
        return names.containsKey(file);
    }

    List<String> list(Volume volume) {
        List<String> listed = new ArrayList<>();
        for (DiskFile file : names.keySet()) {
            if (file.volume() == volume) {
                listed.add(file.name());
            }
        }
        return listed;
    }

    /** The file, or null. */
    @Nullable
    SimFile find(DiskFile file) {
        return names.get(file);
    }

    SimFile existing(DiskFile file) {
        SimFile found = names.get(file);
        if (found == null) {
            throw new IllegalArgumentException("no file " + file);
        }
        return found;
    }

    /** False when there is no room; then nothing has changed. */
    boolean grow(DiskFile file, long sizeBytes) {
        SimFile found = names.get(file);
        long growth = sizeBytes - (found == null ? 0 : found.size());
        if (growth > 0 && usedBytes() + growth > capacityBytes) {
            return false;
        }
        names.computeIfAbsent(file, absent -> new SimFile()).grow(Math.toIntExact(sizeBytes));
        return true;
    }

    boolean write(DiskFile file, long offset, ByteBuffer bytes) {
        if (!grow(file, offset + bytes.remaining())) {
            return false;
        }
        existing(file).write(Math.toIntExact(offset), bytes);
        return true;
    }

    void force(DiskFile file) {
        SimFile forced = existing(file);
        forced.force();
        mediumNames.put(file, forced);
        changed(file);
    }

    void failForce(DiskFile file) {
        existing(file).failForce(random);
        changed(file);
    }

    void rename(DiskFile from, DiskFile to) {
        SimFile moved = existing(from);
        names.remove(from);
        names.put(to, moved);
        mediumNames.remove(from);
        mediumNames.put(to, moved);
        changed(from);
        changed(to);
    }

    void delete(DiskFile file) {
        names.remove(file);
        mediumNames.remove(file);
        changed(file);
    }
}
