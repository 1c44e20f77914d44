package io.quorate.cloud.zk.config;

import java.time.Duration;
import java.util.List;

/**
 * How one import is read.
 *
 * @param location the import as it was written
 * @param optional whether the application starts without it
 * @param startupWait how long a start waits for the connection
 * @param readDeadline how long all contexts together may take
 * @param authSchemes schemes of the credentials of the session, for messages
 * @param retry how a start's attempt is repeated
 */
record ImportSettings(
        String location,
        boolean optional,
        Duration startupWait,
        Duration readDeadline,
        List<String> authSchemes,
        ZkConfigProperties.Retry retry) {}
