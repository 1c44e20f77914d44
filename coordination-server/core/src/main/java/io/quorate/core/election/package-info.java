/**
 * Fast leader election (quorum protocol 2 and 3): the ballots, the rounds, and the connections that carry them. Decides
 * whom to follow; what that means is for the roles.
 */
@NullMarked
package io.quorate.core.election;

import org.jspecify.annotations.NullMarked;
