/**
 * What a configuration context holds and how its nodes become properties. Nothing here talks to a server: snapshots
 * come in, property sources and differences go out.
 */
@NullMarked
package io.quorate.cloud.zk.config.content;

import org.jspecify.annotations.NullMarked;
