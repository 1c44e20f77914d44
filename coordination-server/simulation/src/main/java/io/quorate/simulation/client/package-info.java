/**
 * Simulated clients: they speak the client protocol with an encoder and decoder of their own, so that a fault of the
 * server's codec is not undone by the same fault here.
 */
@NullMarked
package io.quorate.simulation.client;

import org.jspecify.annotations.NullMarked;
