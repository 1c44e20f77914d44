/**
 * Sockets: client frames into the turn's inbox, replies into channel buffers. Everything here runs on the replica
 * thread.
 */
@NullMarked
package io.quorate.runtime.netty;

import org.jspecify.annotations.NullMarked;
