/**
 * Who a connection is, what an access control list lets it do, and which lists may be stored. Not thread-safe: owned by
 * the replica thread.
 */
@NullMarked
package io.quorate.core.auth;

import org.jspecify.annotations.NullMarked;
