/**
 * The turn loop on the replica thread, and the only ways into it from other threads.
 */
@NullMarked
package io.quorate.runtime.loop;

import org.jspecify.annotations.NullMarked;
