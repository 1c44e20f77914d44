package io.quorate.core.log;

import io.quorate.core.port.DiskFile;
import java.util.List;

/**
 * What {@link LogRecovery} found. Everything up to {@code lastZxid} is durable when this is returned.
 *
 * @param lastZxid the last transaction of the log, or the snapshot's zxid when that is later
 * @param segments the files that were read, ascending
 * @param cuts what was removed as never acknowledged, in order
 */
public record RecoveredLog(long lastZxid, List<Segment> segments, List<Cut> cuts) {

    /**
     * A log file.
     *
     * @param lastZxid its last record
     * @param endBytes where its last record ends; zeros may follow
     * @param ours whether our own writer made it, not the reference's
     */
    public record Segment(DiskFile file, long firstZxid, long lastZxid, long endBytes, boolean ours) {}

    /** @param position where the file was cut; offset 0 when it was removed */
    public record Cut(LogPosition position, String reason) {

        @Override
        public String toString() {
            return position + ": " + reason;
        }
    }
}
