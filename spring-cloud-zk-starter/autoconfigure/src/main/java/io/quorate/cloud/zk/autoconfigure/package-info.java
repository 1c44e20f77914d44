/** Wires everything into an application, and explains what prevents a start. */
@NullMarked
package io.quorate.cloud.zk.autoconfigure;

import org.jspecify.annotations.NullMarked;
