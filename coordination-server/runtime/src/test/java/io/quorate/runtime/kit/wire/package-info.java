/**
 * A client of the wire protocol for tests: frames, records and a small session, and nothing of the server's own codec.
 * It is written from the protocol alone, so that a misreading in the server's codec cannot cancel itself out.
 */
@NullMarked
package io.quorate.runtime.kit.wire;

import org.jspecify.annotations.NullMarked;
