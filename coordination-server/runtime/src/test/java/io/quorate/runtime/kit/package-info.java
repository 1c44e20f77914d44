/**
 * The client protocol kit: what a client can observe of a server, written once and run against Apache ZooKeeper and
 * against this server. Each area is an abstract class; a subclass of one line binds it to a server. To bind another
 * server, implement {@link io.quorate.runtime.kit.ServerUnderTest} and an interface beside {@code OnReference}.
 */
@NullMarked
package io.quorate.runtime.kit;

import org.jspecify.annotations.NullMarked;
