/**
 * Whether what clients were told fits one order of all operations that respects real time: for histories of real
 * servers, whose zxids must not be trusted. Knows registers (create, set, delete, exists, get) and nothing of the rest.
 */
@NullMarked
package io.quorate.simulation.linearizability;

import org.jspecify.annotations.NullMarked;
