/**
 * A request's way through the replica: admitted, classified, prepared or read, applied, answered in order.
 * Owns the connections' state and everything speculative; the tree, sessions and watches belong to their packages.
 * Not thread-safe: owned by the replica thread.
 */
@NullMarked
package io.quorate.core.request;

import org.jspecify.annotations.NullMarked;
