package io.quorate.core.snapshot;

import io.quorate.core.port.DiskOutcome;
import org.jspecify.annotations.Nullable;

/**
 * How the last snapshot ended.
 *
 * @param sizeBytes written, at the failure or in all
 * @param failure what the disk said; null when the snapshot is on disk under its name
 */
public record SnapshotOutcome(SnapshotFile file, long sizeBytes, DiskOutcome.@Nullable Failed failure) {

    public boolean isWritten() {
        return failure == null;
    }
}
