/** What is registered: the format of an instance, the catalog that follows it, and the clients that answer from it. */
@NullMarked
package io.quorate.cloud.zk.discovery;

import org.jspecify.annotations.NullMarked;
