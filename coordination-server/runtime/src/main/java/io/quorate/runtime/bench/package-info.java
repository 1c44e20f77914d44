/**
 * The load generator: how fast does a server that speaks the client protocol answer? It uses one thread, its
 * caller's, and nothing of the server, so that it may be pointed at any server.
 */
@NullMarked
package io.quorate.runtime.bench;

import org.jspecify.annotations.NullMarked;
