/** Leader election by role: who leads, fencing of what a leader writes, methods that only the leader runs. */
@NullMarked
package io.quorate.cloud.zk.leader;

import org.jspecify.annotations.NullMarked;
