/**
 * Big-endian, length-checked primitives over byte buffers and the records that both protocols and the files share.
 */
@NullMarked
package io.quorate.core.wire;

import org.jspecify.annotations.NullMarked;
