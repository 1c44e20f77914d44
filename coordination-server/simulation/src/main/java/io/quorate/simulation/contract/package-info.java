/**
 * What the ports promise, as abstract test suites: run against the simulated and against the real implementation, so
 * that the simulation stays honest. Needs JUnit and AssertJ, which the module that runs a suite brings along.
 */
@NullMarked
package io.quorate.simulation.contract;

import org.jspecify.annotations.NullMarked;
