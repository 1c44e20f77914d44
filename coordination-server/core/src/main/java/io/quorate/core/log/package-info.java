/**
 * The transaction log on disk: writing it, reading it back after a crash, which files of it are needed; and the two
 * epoch files. The format is the one of quorum protocol 9.2, in files that the reference reads and that may come from
 * it. Not thread-safe: owned by the replica thread.
 */
@NullMarked
package io.quorate.core.log;

import org.jspecify.annotations.NullMarked;
