/**
 * The roles of a replica: what it does with a write, with what its log has made durable, and with its peers.
 * Roles do not know one another; only the package {@code replica} changes them.
 */
@NullMarked
package io.quorate.core.zab;

import org.jspecify.annotations.NullMarked;
