package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.leader.InvalidLeaderOnlyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start with a {@code @LeaderOnly} method that cannot be skipped. */
final class InvalidLeaderOnlyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidLeaderOnlyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidLeaderOnlyException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                cause.remedy() + ", or ask LeaderElection.isLeader() inside it instead of annotating it.",
                cause);
    }
}
