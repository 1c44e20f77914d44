/**
 * What members say to each other, to the byte: election messages, learner packets and the records inside them (quorum
 * protocol 2 to 5). Bytes and values only; what they mean is decided elsewhere.
 */
@NullMarked
package io.quorate.core.wire.peer;

import org.jspecify.annotations.NullMarked;
