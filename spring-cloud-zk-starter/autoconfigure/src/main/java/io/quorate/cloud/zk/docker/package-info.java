/** Where servers in containers are: of Testcontainers, and of Docker Compose. Both are optional. */
@NullMarked
package io.quorate.cloud.zk.docker;

import org.jspecify.annotations.NullMarked;
