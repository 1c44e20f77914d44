package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkAccessDeniedException;
import io.quorate.cloud.zk.ZkConnectException;
import io.quorate.cloud.zk.config.ConfigImportException;
import io.quorate.cloud.zk.config.MalformedImportException;
import io.quorate.cloud.zk.config.MissingImportException;
import io.quorate.cloud.zk.config.ZkConfigProperties;
import io.quorate.cloud.zk.config.content.MalformedConfigException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says what stopped an import of configuration, and how to mend it. Comes before analyzers of the connection: those
 * cannot know that the import could be optional.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConfigFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            FailureAnalysis analysis = analyzeOne(at);
            if (analysis != null) {
                return analysis;
            }
        }
        return null;
    }

    private static @Nullable FailureAnalysis analyzeOne(Throwable failure) {
        if (failure instanceof ConfigImportException imported) {
            return imported(imported);
        }
        if (failure instanceof MalformedImportException malformed) {
            return new FailureAnalysis(
                    malformed.getMessage() + ".",
                    "Write zookeeper: alone, or zookeeper:host:port with further servers behind '|', and behind them"
                            + " /context;/context if the contexts do not follow from the application's name. 'zk:' is"
                            + " the same as 'zookeeper:', and 'optional:' may stand before either.",
                    malformed);
        }
        if (failure instanceof MissingImportException missing) {
            return new FailureAnalysis(
                    missing.getMessage() + ".",
                    "Add spring.config.import=zookeeper: (or optional:zookeeper:) to the configuration. To do without,"
                            + " remove those properties or set " + ZkConfigProperties.PREFIX
                            + ".import-check.enabled=false.",
                    missing);
        }
        if (failure instanceof MalformedConfigException malformed) {
            return new FailureAnalysis(
                    malformed.getMessage() + ".",
                    "Correct the node's data, or delete the node. " + ZkConfigProperties.PREFIX
                            + ".format says what it is expected to hold.",
                    malformed);
        }
        return null;
    }

    private static FailureAnalysis imported(ConfigImportException imported) {
        Throwable cause = imported.getCause();
        String optional = "To start without it and take it as soon as it can be read, write optional:"
                + imported.location() + " in spring.config.import.";
        if (cause instanceof ZkConnectException unreachable) {
            return new FailureAnalysis(
                    "Configuration could not be imported from '" + imported.location() + "': no connection to "
                            + unreachable.connectString() + " within "
                            + unreachable.waited().toMillis() + " ms. " + unreachable.findings() + ".",
                    "Start the servers, or correct spring.cloud.zookeeper.connect-string or the servers in the import."
                            + " " + optional,
                    imported);
        }
        if (cause instanceof ZkAccessDeniedException denied) {
            return new FailureAnalysis(
                    "Configuration could not be imported from '" + imported.location() + "': " + denied.getMessage()
                            + ".",
                    "Set spring.cloud.zookeeper.auth[0].scheme and spring.cloud.zookeeper.auth[0].credentials to an"
                            + " identity that may read " + denied.path() + ", or change the node's access list. "
                            + optional,
                    imported);
        }
        return new FailureAnalysis(imported.getMessage() + ".", optional, imported);
    }
}
