package io.quorate.core.snapshot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot to start from.
 *
 * @param loaded null when there is none that can be read
 * @param refused the newer ones that cannot be read, newest first; with {@code loaded} null and some of these the
 *     server must not start as if it were empty
 */
public record SnapshotChoice(@Nullable LoadedSnapshot loaded, List<CorruptSnapshot> refused) {}
