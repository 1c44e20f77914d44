package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.registry.RegistrationFailedException;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.KeeperException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that a failed registration has stopped. */
final class RegistrationFailureAnalyzer extends AbstractFailureAnalyzer<RegistrationFailedException> {

    private static final String OR_START_WITHOUT =
            " To start without being registered, remove spring.cloud.zookeeper.discovery.fail-fast.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RegistrationFailedException cause) {
        return new FailureAnalysis(cause.getMessage() + ".", action(cause.getCause()) + OR_START_WITHOUT, cause);
    }

    private static String action(Throwable reason) {
        if (reason instanceof KeeperException.NoAuthException) {
            return "Set or correct spring.cloud.zookeeper.auth[*].scheme and .credentials, or let the access list of"
                    + " the service's node include this application.";
        }
        return reason instanceof TimeoutException
                ? "Start the servers that spring.cloud.zookeeper.connect-string names, or correct it."
                : "See what the server says of it.";
    }
}
