/**
 * The client: how it is configured, opened, watched and closed. Everything else in the starter stands on this package,
 * and it needs no application context, because configuration is imported before there is one.
 */
@NullMarked
package io.quorate.cloud.zk;

import org.jspecify.annotations.NullMarked;
