/** Balancing: who is called, who is left out, and how instances say how busy they are. */
@NullMarked
package io.quorate.cloud.zk.loadbalancer;

import org.jspecify.annotations.NullMarked;
