/**
 * Open sessions: their ids, passwords, timeouts and owners, and when they run out. Decides that a session has expired;
 * closing it is a transaction, which is not for this package. Not thread-safe: owned by the replica thread.
 */
@NullMarked
package io.quorate.core.session;

import org.jspecify.annotations.NullMarked;
