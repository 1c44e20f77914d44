package io.quorate.cloud.zk.config.refresh;

/** Configuration as it is at the servers, compared with what the environment has. */
@FunctionalInterface
public interface LiveConfig {

    /**
     * Reads everything and compares. May wait for the servers for a bounded time; servers that fail are no exception.
     */
    Comparison compare();
}
