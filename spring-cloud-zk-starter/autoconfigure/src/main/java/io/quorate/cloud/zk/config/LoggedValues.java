package io.quorate.cloud.zk.config;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ZooKeeper client logs of values, which this library never does: at DEBUG it writes whole answers of the
 * server, with the data of nodes as hexadecimal digits. Levels are the application's business, so they stay as they
 * are.
 */
final class LoggedValues {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedValues.class);
    private static final String LOGGER = "org.apache.zookeeper.ClientCnxn";

    private LoggedValues() {}

    /** Warns if imported values are logged at present. */
    static void warn() {
        if (LoggerFactory.getLogger(LOGGER).isDebugEnabled()) {
            LOG.warn(
                    "The logger {} is at DEBUG: the ZooKeeper client writes what it reads into the log, imported values"
                            + " as hexadecimal digits. Set its level to INFO where they may be secrets.",
                    LOGGER);
        }
    }
}
