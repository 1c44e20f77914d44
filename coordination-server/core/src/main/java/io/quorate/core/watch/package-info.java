/**
 * Who is to be told when a node changes: registrations per connection and path, and the rules by which a change meets
 * them. Watches are never replicated and end with their connection. Sends nothing itself: it tells a {@link
 * io.quorate.core.watch.WatchSink}. Not thread-safe: owned by the replica thread.
 */
@NullMarked
package io.quorate.core.watch;

import org.jspecify.annotations.NullMarked;
