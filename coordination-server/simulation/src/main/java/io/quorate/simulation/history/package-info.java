/**
 * What clients asked and what they were told, as plain values that depend on nothing of the core. Workloads make it,
 * checkers judge it.
 */
@NullMarked
package io.quorate.simulation.history;

import org.jspecify.annotations.NullMarked;
