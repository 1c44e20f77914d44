/**
 * The world of the core in virtual time: scheduler, randomness, disks. Single-threaded; one seed decides everything.
 */
@NullMarked
package io.quorate.simulation;

import org.jspecify.annotations.NullMarked;
