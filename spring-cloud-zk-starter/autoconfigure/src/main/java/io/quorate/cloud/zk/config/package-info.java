/**
 * Configuration from the server: {@code spring.config.import=zookeeper:} or {@code zk:} reads it before the application
 * context exists, and {@link io.quorate.cloud.zk.config.ConfigWatcher} follows it afterwards.
 *
 * <p>{@link io.quorate.cloud.zk.config.ZkConfigImports} lives as long as the application and is what both halves share:
 * it knows which contexts were imported, from which servers, and what of them the environment has.
 */
@NullMarked
package io.quorate.cloud.zk.config;

import org.jspecify.annotations.NullMarked;
