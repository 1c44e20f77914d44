/**
 * A server in the simulated world: the core unchanged, its ports on virtual time, and everything that can befall a
 * process and its connections.
 */
@NullMarked
package io.quorate.simulation.server;

import org.jspecify.annotations.NullMarked;
