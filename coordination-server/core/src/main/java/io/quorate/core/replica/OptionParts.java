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

/** The plain values of {@link ReplicaOptions} in the form in which each package wants its part. */
final class OptionParts {

    /** A turn this late is ordinary scheduling, not a pause of the process. */
    private static final int TOLERATED_LATENESS_MILLIS = 1000;

    private OptionParts() {}

    static NodeKinds kinds(ReplicaOptions options) {
        return new NodeKinds(options.nodes().extendedTypes(), options.nodes().emulate353Ttl());
    }

    static AuthOptions auth(ReplicaOptions options) {
        ReplicaOptions.Access access = options.access();
        return new AuthOptions(
                access.skipAcl(),
                access.superDigest(),
                access.digestAlgorithm(),
                access.digestEnabled(),
                access.enforcedSchemes());
    }

    static ExpiryWheel expiryWheel(ReplicaOptions options) {
        PauseGrace grace = new PauseGrace(TOLERATED_LATENESS_MILLIS, options.maxSessionTimeoutMillis());
        return new ExpiryWheel(options.tickMillis(), grace);
    }

    static ClientSide.Options clients(
            ReplicaOptions options, AuthOptions auth, AuthSchemes schemes, RandomSource random) {
        ReplicaOptions.Nodes nodes = options.nodes();
        return new ClientSide.Options(
                new TimeoutRange(options.minSessionTimeoutMillis(), options.maxSessionTimeoutMillis()),
                new EnforcedSchemes(auth, schemes),
                new ContainerOptions(
                        nodes.containerCheckMillis(),
                        nodes.containerMaxPerMinute(),
                        nodes.containerMaxNeverUsedMillis()),
                options.reconfigEnabled(),
                options.throttle(),
                random);
    }
}
