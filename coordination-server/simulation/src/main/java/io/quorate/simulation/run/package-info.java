/** Whole runs: one seed decides what exists, what fails and when; the command line runs many. */
@NullMarked
package io.quorate.simulation.run;

import org.jspecify.annotations.NullMarked;
