/** Locks that one session in the whole system holds at a time, with fencing tokens. */
@NullMarked
package io.quorate.cloud.zk.lock;

import org.jspecify.annotations.NullMarked;
