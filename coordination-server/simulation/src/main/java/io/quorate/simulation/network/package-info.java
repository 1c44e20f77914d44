/**
 * The network between simulated members: connections that give what TCP gives, and break in the ways in which TCP
 * breaks. Bytes, names and timeouts; what the bytes mean is not known here.
 */
@NullMarked
package io.quorate.simulation.network;

import org.jspecify.annotations.NullMarked;
