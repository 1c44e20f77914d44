package io.quorate.cloud.zk;

import org.apache.curator.framework.CuratorFrameworkFactory;

/**
 * Changes how the client is built, after all properties were applied. A bean is used for the client of the application
 * context. Where configuration is imported the client exists before any bean: there the customizer is registered in the
 * bootstrap registry, and a bean stops the start with an explanation.
 */
@FunctionalInterface
public interface ZkClientCustomizer {

    /** Called once for each client, before it is built. */
    void customize(CuratorFrameworkFactory.Builder builder);
}
