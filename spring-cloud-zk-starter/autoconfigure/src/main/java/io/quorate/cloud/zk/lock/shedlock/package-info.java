/** Locks for ShedLock, in nodes that its own provider for ZooKeeper understands. */
@NullMarked
package io.quorate.cloud.zk.lock.shedlock;

import org.jspecify.annotations.NullMarked;
