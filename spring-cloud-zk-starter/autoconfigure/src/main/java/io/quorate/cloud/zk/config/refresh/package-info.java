/**
 * When the application is refreshed: many hints become one reading, one reading at most one refresh event, and an event
 * that nobody heeds is repeated. Time, threads and the server are behind interfaces.
 */
@NullMarked
package io.quorate.cloud.zk.config.refresh;

import org.jspecify.annotations.NullMarked;
