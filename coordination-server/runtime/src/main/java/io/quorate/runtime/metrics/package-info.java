/**
 * What the server counts and how it is shown to a meter registry.
 */
@NullMarked
package io.quorate.runtime.metrics;

import org.jspecify.annotations.NullMarked;
