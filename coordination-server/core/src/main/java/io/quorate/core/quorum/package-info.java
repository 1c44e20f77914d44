/**
 * Who belongs to the ensemble and which sets of members decide: membership as versioned data, quorum rules, and the
 * highest position that a quorum has acknowledged (quorum protocol 1).
 */
@NullMarked
package io.quorate.core.quorum;

import org.jspecify.annotations.NullMarked;
