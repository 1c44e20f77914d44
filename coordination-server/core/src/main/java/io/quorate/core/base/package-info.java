/**
 * What every other package speaks of: assertions that are always on, limits, and the path of a node.
 * Depends on nothing.
 */
@NullMarked
package io.quorate.core.base;

import org.jspecify.annotations.NullMarked;
