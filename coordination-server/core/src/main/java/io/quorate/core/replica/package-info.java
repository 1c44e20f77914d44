/**
 * The single entrance to the core: inputs, the turn, the next deadline, the published status; and the way from what a
 * disk holds to a replica that is ready.
 */
@NullMarked
package io.quorate.core.replica;

import org.jspecify.annotations.NullMarked;
