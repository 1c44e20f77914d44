package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkConnectException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start without servers. */
final class ZkConnectFailureAnalyzer extends AbstractFailureAnalyzer<ZkConnectException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ZkConnectException cause) {
        return new FailureAnalysis(
                "There was no connection to the coordination service '" + cause.connectString() + "' within "
                        + cause.waited().toMillis() + " ms: " + cause.findings() + ".",
                "Start the servers, or correct spring.cloud.zookeeper.connect-string. To give them more time, raise"
                        + " spring.cloud.zookeeper.startup-wait. To start without the configuration, write"
                        + " \"optional:\" before the location in spring.config.import.",
                cause);
    }
}
