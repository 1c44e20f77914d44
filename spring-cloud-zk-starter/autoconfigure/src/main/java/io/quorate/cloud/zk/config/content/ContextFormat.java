package io.quorate.cloud.zk.config.content;

/** How the nodes of a context become properties. Implementations are stateless and may be shared by threads. */
public interface ContextFormat {

    /** The nodes that must be read, and watched, for {@code context}. */
    NodeSelection selection(ConfigContext context);

    /**
     * Turns nodes into properties. The result has as many parts for the same nodes every time, and at least one.
     *
     * @throws MalformedConfigException if a document cannot be parsed
     */
    ContextContent parse(ConfigContext context, ConfigSnapshot snapshot);
}
