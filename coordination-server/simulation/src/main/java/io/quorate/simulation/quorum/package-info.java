/**
 * What must hold among the members of an ensemble, whatever they believe themselves: a class per property, fed with
 * what members do, say to each other and have on their disks.
 */
@NullMarked
package io.quorate.simulation.quorum;

import org.jspecify.annotations.NullMarked;
