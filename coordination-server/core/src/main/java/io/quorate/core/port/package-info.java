/**
 * What the core asks of the world. Commands only: nothing here blocks, throws for a remote reason or calls back.
 */
@NullMarked
package io.quorate.core.port;

import org.jspecify.annotations.NullMarked;
