package io.quorate.core.snapshot;

/**
 * How much a snapshot may cost at a time.
 *
 * @param bytesPerTurn what one turn encodes at most, but for the last element, which is never cut; at least 1
 * @param slicesInFlight how many turns' worth may wait for the disk; at least 1
 * @param maxElementBytes the longest node or ACL list that is read; longer ones are taken for damage. Must be above
 *     what the largest accepted request can create, on this server or whichever wrote the file
 */
public record SnapshotOptions(int bytesPerTurn, int slicesInFlight, int maxElementBytes) {

    public static final SnapshotOptions DEFAULT = new SnapshotOptions(256 << 10, 8, 8 << 20);

    /** The defaults with room for what transactions of this size may have created. */
    public static SnapshotOptions forMaxRecord(int maxRecordBytes) {
        int element = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(DEFAULT.maxElementBytes, 2L * maxRecordBytes));
        return new SnapshotOptions(DEFAULT.bytesPerTurn, DEFAULT.slicesInFlight, element);
    }

    public SnapshotOptions {
        if (bytesPerTurn < 1 || slicesInFlight < 1 || maxElementBytes < 1024) {
            throw new IllegalArgumentException(
                    "a snapshot needs at least 1 byte per turn, 1 slice in flight and 1024 bytes" + " per element, not "
                            + bytesPerTurn + ", " + slicesInFlight + ", " + maxElementBytes);
        }
    }
}
