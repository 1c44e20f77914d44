/** Leadership and locks as Spring Integration knows them. */
@NullMarked
package io.quorate.cloud.zk.integration;

import org.jspecify.annotations.NullMarked;
