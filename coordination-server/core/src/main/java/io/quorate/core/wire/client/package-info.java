/**
 * The client protocol: operations as they arrive, replies and events as they leave. Knows bytes, no state.
 */
@NullMarked
package io.quorate.core.wire.client;

import org.jspecify.annotations.NullMarked;
