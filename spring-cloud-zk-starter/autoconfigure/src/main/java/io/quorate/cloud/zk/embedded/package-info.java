/**
 * A Quorate server inside the application, for development. The only package of the starter that knows a module of the
 * server, which is an optional dependency.
 */
@NullMarked
package io.quorate.cloud.zk.embedded;

import org.jspecify.annotations.NullMarked;
