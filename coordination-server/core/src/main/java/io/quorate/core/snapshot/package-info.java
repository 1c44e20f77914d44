/**
 * Images of the tree and the session table on disk: writing them beside the running server, reading them back, and
 * which ones to keep. Bytes as Apache ZooKeeper 3.9 writes them (quorum protocol 4.8 and 9.5).
 */
@NullMarked
package io.quorate.core.snapshot;

import org.jspecify.annotations.NullMarked;
