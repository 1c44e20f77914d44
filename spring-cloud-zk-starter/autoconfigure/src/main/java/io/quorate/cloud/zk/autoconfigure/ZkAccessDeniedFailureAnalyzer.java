package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkAccessDeniedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start with credentials that do not suffice. */
final class ZkAccessDeniedFailureAnalyzer extends AbstractFailureAnalyzer<ZkAccessDeniedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ZkAccessDeniedException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                cause.schemes().isEmpty()
                        ? "Set spring.cloud.zookeeper.auth[0].scheme and spring.cloud.zookeeper.auth[0].credentials, or"
                                + " let the access list of " + cause.path() + " include everybody."
                        : "Correct spring.cloud.zookeeper.auth[*].credentials, or extend the access list of "
                                + cause.path() + ", which \"getAcl\" of a shell shows.",
                cause);
    }
}
