package io.quorate.app.failure;

import io.quorate.app.zookeeper.ZooKeeperSettingsRefused;
import io.quorate.core.replica.UnusableData;
import io.quorate.runtime.disk.DataDirectoryException;
import io.quorate.runtime.loop.PortUnavailable;
import io.quorate.runtime.tls.TlsKeysUnusable;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Tells the operator what prevented the server from starting, and what to do. */
final class StartFailureAnalyzer implements FailureAnalyzer {

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
        if (failure instanceof PortUnavailable port) {
            return port(port);
        }
        if (failure instanceof DataDirectoryException directory) {
            return describedWithRemedy(directory);
        }
        if (failure instanceof ForeignDataDirectory foreign) {
            return new FailureAnalysis(foreign.getMessage(), foreign.remedy(), foreign);
        }
        if (failure instanceof UnusableData data) {
            return new FailureAnalysis(
                    "The server does not start from the data in its directory: " + data.getMessage(),
                    "Nothing has been changed. Look at the files named above before you move or delete any of them.",
                    data);
        }
        if (failure instanceof TlsKeysUnusable keys) {
            return new FailureAnalysis(
                    "Client connections cannot be encrypted: " + keys.getMessage() + ".",
                    "Correct coordination.ssl.*, or the file; whoever runs the server must be able to read it.",
                    keys);
        }
        if (failure instanceof ZooKeeperSettingsRefused refused) {
            return refused(refused);
        }
        return null;
    }

    private static FailureAnalysis port(PortUnavailable failure) {
        InetSocketAddress address = failure.address();
        String where = address.getHostString() + ":" + address.getPort();
        if (failure.getCause() instanceof BindException
                || String.valueOf(failure.getCause()).contains("in use")) {
            return new FailureAnalysis(
                    "The server cannot listen for " + failure.port().whom() + " on " + where + ": "
                            + failure.getCause().getMessage() + ".",
                    "Stop the process that has port " + address.getPort() + " (ss -ltnp 'sport = :" + address.getPort()
                            + "' shows it), or give this server another port with "
                            + failure.port().setting() + ".",
                    failure);
        }
        return new FailureAnalysis(
                "The server cannot listen for " + failure.port().whom() + " on " + where + ": "
                        + failure.getCause().getMessage() + ".",
                "Set " + addressOf(failure.port())
                        + " to an address of this machine, or to 0.0.0.0 for all of them; a"
                        + " port below "
                        + "1024 needs a privilege.",
                failure);
    }

    private static String addressOf(PortUnavailable.Port port) {
        return switch (port) {
            case CLIENT -> "coordination.client-port-address";
            case SECURE -> "coordination.secure-client-port-address";
            case ELECTION, QUORUM -> "the host of this server in coordination.servers";
        };
    }

    /** The messages of the runtime name the remedy in their last sentence. */
    private static FailureAnalysis describedWithRemedy(DataDirectoryException failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.lastIndexOf(". ", message.length() - 2);
        return end < 0
                ? new FailureAnalysis(message, "Correct coordination.data-dir and coordination.data-log-dir.", failure)
                : new FailureAnalysis(message.substring(0, end + 1), message.substring(end + 2), failure);
    }

    private static FailureAnalysis refused(ZooKeeperSettingsRefused failure) {
        return new FailureAnalysis(
                "The ZooKeeper configuration asks for what this server does not do.",
                failure.refusals().stream()
                        .map(refusal -> refusal.key() + " (" + refusal.origin() + "): " + refusal.remedy())
                        .collect(Collectors.joining(System.lineSeparator())),
                failure);
    }
}
