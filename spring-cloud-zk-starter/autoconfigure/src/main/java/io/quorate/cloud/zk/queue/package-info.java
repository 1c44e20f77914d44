/** Places in a queue: ephemeral sequential nodes, in the order of their creation, each owned by one session. */
@NullMarked
package io.quorate.cloud.zk.queue;

import org.jspecify.annotations.NullMarked;
