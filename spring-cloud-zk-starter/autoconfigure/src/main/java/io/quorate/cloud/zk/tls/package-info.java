/** Keys of an SSL bundle as files, which is the only form that the ZooKeeper client takes them in. */
@NullMarked
package io.quorate.cloud.zk.tls;

import org.jspecify.annotations.NullMarked;
