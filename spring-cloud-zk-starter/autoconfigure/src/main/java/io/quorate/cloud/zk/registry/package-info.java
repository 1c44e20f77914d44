/**
 * Registration of this application: what is registered, the machine that keeps its node, and when that begins and ends.
 */
@NullMarked
package io.quorate.cloud.zk.registry;

import org.jspecify.annotations.NullMarked;
