/**
 * The replicated tree and nothing else: nodes, ACL references, digest, quota usage, frozen iteration. Mutations return
 * what changed; nobody is notified from here. Not thread-safe: owned by the replica thread.
 */
@NullMarked
package io.quorate.core.tree;

import org.jspecify.annotations.NullMarked;
