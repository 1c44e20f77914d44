package io.quorate.core.snapshot;

import io.quorate.core.port.DiskFile;
import java.util.List;

/** Files that nobody needs any more (quorum protocol 9.9), newest snapshots first and logs in the order asked about. */
public record Retention(List<SnapshotFile> snapshots, List<DiskFile> logs) {}
