package io.quorate.core.replica;

import io.quorate.core.auth.AuthOptions;
import io.quorate.core.auth.AuthSchemes;
import io.quorate.core.auth.EnforcedSchemes;
import io.quorate.core.port.RandomSource;
import io.quorate.core.request.ClientSide;
import io.quorate.core.request.ContainerOptions;
import io.quorate.core.session.ExpiryWheel;
import io.quorate.core.session.PauseGrace;
import io.quorate.core.session.TimeoutRange;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.zab.CommittedWindow;
import io.quorate.core.zab.QuorumTiming;

/** The plain values of {@link ReplicaOptions} in the form in which each package wants its part. */
final class OptionParts {

    /** A turn this late is ordinary scheduling, not a pause of the process. */
    private static final int TOLERATED_LATENESS_MILLIS = 1000;

    private OptionParts() {}

    static NodeKinds kinds(ReplicaOptions options) {
        return new NodeKinds(options.nodes().extendedTypes(), options.nodes().emulate353Ttl());
    }

    /** Empty, and without any room worth mentioning where nobody will ask for it. */
    static CommittedWindow window(ReplicaOptions options) {
        EnsembleOptions ensemble = options.ensemble();
        return ensemble == null
                ? new CommittedWindow(1, 1)
                : new CommittedWindow(ensemble.windowTxns(), ensemble.windowBytes());
    }

    static QuorumTiming timing(EnsembleOptions ensemble) {
        return new QuorumTiming(
                ensemble.tickMillis(),
                ensemble.initLimitTicks(),
                ensemble.syncLimitTicks(),
                ensemble.connectLimitTicks() == 0 ? ensemble.initLimitTicks() : ensemble.connectLimitTicks(),
                ensemble.connectTimeoutMillis());
    }

    static ContainerOptions containers(ReplicaOptions options) {
        ReplicaOptions.Nodes nodes = options.nodes();
        return new ContainerOptions(
                nodes.containerCheckMillis(), nodes.containerMaxPerMinute(), nodes.containerMaxNeverUsedMillis());
    }

    static AuthOptions auth(ReplicaOptions options) {
        ReplicaOptions.Access access = options.access();
        return new AuthOptions(
                access.skipAcl(),
                access.superDigest(),
                access.digestAlgorithm(),
                access.digestEnabled(),
                access.certificates(),
                access.superSubject(),
                access.enforcedSchemes());
    }

    static ExpiryWheel expiryWheel(ReplicaOptions options) {
        PauseGrace grace =
                new PauseGrace(TOLERATED_LATENESS_MILLIS, options.times().maxSessionTimeoutMillis());
        return new ExpiryWheel(options.times().tickMillis(), grace);
    }

    static ClientSide.Options clients(
            ReplicaOptions options, AuthOptions auth, AuthSchemes schemes, RandomSource random) {
        return new ClientSide.Options(
                new TimeoutRange(
                        options.times().minSessionTimeoutMillis(),
                        options.times().maxSessionTimeoutMillis()),
                new EnforcedSchemes(auth, schemes),
                options.reconfigEnabled(),
                options.throttle(),
                random);
    }
}
