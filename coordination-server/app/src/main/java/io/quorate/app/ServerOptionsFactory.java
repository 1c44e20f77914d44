package io.quorate.app;

import io.quorate.app.failure.EnsembleRefused;
import io.quorate.core.base.Limits;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.server.ServerOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * From properties to the runtime's options: checks what concerns more than one property, and fills in what depends on
 * others.
 */
final class ServerOptionsFactory {

    private static final Logger LOG = LoggerFactory.getLogger(ServerOptionsFactory.class);

    private static final int DEFAULT_MIN_TICKS = 2;
    private static final int DEFAULT_MAX_TICKS = 20;
    /** Fewer would leave no way back from a damaged snapshot; ZooKeeper has the same floor. */
    private static final int MIN_RETAINED = 3;
    /** The reference's smallest request limit that still lets a client connect. */
    private static final int MIN_FRAME_BYTES = 1024;

    private static final int MAX_SERVER_ID_WITH_EXTENDED_TYPES = 254;

    /** The owner of a node with a time to live is any negative number then, and session ids begin with the server's. */
    private static final int MAX_SERVER_ID_WITH_353_NODES = 127;

    private static final String ANY_ADDRESS = "0.0.0.0";
    private static final int NO_PORT = -1;

    private final CoordinationProperties properties;
    private final EnsembleFactory ensemble;

    ServerOptionsFactory(CoordinationProperties properties) {
        this.properties = properties;
        ensemble = new EnsembleFactory(properties);
    }

    /**
     * That the configuration is complete without an id of its own for this server.
     *
     * @throws EnsembleRefused when there are others, from whom nothing tells it apart
     */
    void checkWithoutId() {
        if (ensemble.needsId()) {
            throw ensemble.withoutId();
        }
    }

    /**
     * The options of a server.
     *
     * @param serverId what {@link ServerIdentity} has found
     * @throws InvalidConfigurationPropertyValueException when a value does not fit the others
     * @throws EnsembleRefused when this server has no place among the servers that are listed
     */
    ServerOptions options(int serverId) {
        if (properties.extendedTypesEnabled() && serverId > MAX_SERVER_ID_WITH_EXTENDED_TYPES) {
            throw invalid(
                    "coordination.server-id",
                    serverId,
                    "with coordination.extended-types-enabled it must be at most 254");
        }
        if (properties.emulate353TtlNodes() && serverId > MAX_SERVER_ID_WITH_353_NODES) {
            throw invalid(
                    "coordination.server-id",
                    serverId,
                    "with coordination.emulate353-ttl-nodes it must be at most 127: the sessions of a higher one have"
                            + " negative ids, and their ephemeral nodes would be taken for nodes with a time to live");
        }
        Path dataDir = properties.dataDir();
        Path dataLogDir = properties.dataLogDir();
        ReplicaOptions replica = replica(serverId);
        InetSocketAddress clients = ensemble.clients(serverId);
        return new ServerOptions(
                replica,
                new ServerOptions.Clients(
                        clients == null ? ANY_ADDRESS : clients.getHostString(),
                        clients == null ? NO_PORT : clients.getPort(),
                        properties.clientPortListenBacklog(),
                        properties.fourLetterWords().commands().whitelist(),
                        null),
                new ServerOptions.Data(
                        dataDir,
                        dataLogDir == null ? dataDir : dataLogDir,
                        properties.datadirAutocreate(),
                        millis(properties.fsync().warningthresholdms())),
                ensemble.peers(serverId));
    }

    private ReplicaOptions replica(int serverId) {
        int tickMillis = millis(properties.tickTime());
        int minMillis = timeout(properties.minSessionTimeout(), DEFAULT_MIN_TICKS * tickMillis);
        int maxMillis = timeout(properties.maxSessionTimeout(), DEFAULT_MAX_TICKS * tickMillis);
        if (minMillis > maxMillis) {
            throw invalid(
                    "coordination.min-session-timeout",
                    minMillis + "ms",
                    "it must not exceed coordination.max-session-timeout, which is " + maxMillis
                            + "ms. Lower the one or raise the other");
        }
        return new ReplicaOptions(
                serverId,
                new ReplicaOptions.Times(tickMillis, minMillis, maxMillis),
                limits(),
                nodes(),
                access(),
                storage(),
                properties.reconfigEnabled(),
                throttle(),
                ensemble.options(serverId, tickMillis));
    }

    private ThrottleOptions throttle() {
        Duration freeze = properties.connectionThrottleFreezeTime();
        return new ThrottleOptions(
                properties.connectionThrottleTokens(),
                millis(properties.connectionThrottleFillTime()),
                properties.connectionThrottleFillCount(),
                freeze.isNegative() ? -1 : millis(freeze),
                properties.connectionThrottleDropIncrease(),
                properties.connectionThrottleDropDecrease(),
                properties.connectionThrottleDecreaseRatio(),
                properties.connectionThrottleWeightEnabled(),
                properties.connectionThrottleGlobalSessionWeight(),
                properties.connectionThrottleRenewSessionWeight());
    }

    private Limits limits() {
        int maxFrameBytes =
                bytes("coordination.jute.maxbuffer", properties.jute().maxbuffer(), MIN_FRAME_BYTES);
        DataSize extra = properties.jute().maxbufferExtrasize();
        int extraBytes =
                extra == null ? maxFrameBytes : bytes("coordination.jute.maxbuffer-extrasize", extra, MIN_FRAME_BYTES);
        return new Limits(
                new Limits.Frames(
                        maxFrameBytes,
                        extraBytes,
                        bytes("coordination.max-reply-bytes", properties.maxReplyBytes(), MIN_FRAME_BYTES)),
                new Limits.Links(
                        properties.maxCnxns(),
                        properties.maxClientCnxns(),
                        atLeast("coordination.max-cnxn-output-bytes", properties.maxCnxnOutputBytes(), maxFrameBytes),
                        millis(properties.nio().sessionlessCnxnTimeout()),
                        properties.maxIdentities(),
                        properties.maxIdentityChars()),
                new Limits.Requests(
                        properties.globalOutstandingLimit(),
                        properties.requestThrottleMaxRequests(),
                        millis(properties.throttledOpWaitTime()),
                        largeRequestBytes(),
                        atLeast("coordination.large-request-max-bytes", properties.largeRequestMaxBytes(), 1)),
                properties.maxWatches());
    }

    private int largeRequestBytes() {
        DataSize threshold = properties.largeRequestThreshold();
        return threshold.toBytes() <= 0 ? -1 : bytes("coordination.large-request-threshold", threshold, 1);
    }

    private ReplicaOptions.Nodes nodes() {
        CoordinationProperties.Container container = properties.znode().container();
        if (properties.emulate353TtlNodes() && !properties.extendedTypesEnabled()) {
            throw invalid(
                    "coordination.emulate353-ttl-nodes",
                    true,
                    "it is about nodes with a time to live, which exist only with"
                            + " coordination.extended-types-enabled=true");
        }
        return new ReplicaOptions.Nodes(
                properties.extendedTypesEnabled(),
                properties.emulate353TtlNodes(),
                properties.enforceQuota(),
                container.checkIntervalMs().toMillis(),
                container.maxPerMinute(),
                container.maxNeverUsedIntervalMs().toMillis());
    }

    private ReplicaOptions.Access access() {
        CoordinationProperties.Auth auth = properties.enforce().auth();
        if (auth.enabled() && auth.schemes().isEmpty()) {
            throw invalid(
                    "coordination.enforce.auth.enabled",
                    true,
                    "name the schemes that are accepted with coordination.enforce.auth.schemes, for example digest");
        }
        CoordinationProperties.DigestAuthenticationProvider digest = properties.digestAuthenticationProvider();
        return new ReplicaOptions.Access(
                properties.skipAcl(),
                digest.superDigest(),
                digest.digestAlg(),
                digest.enabled(),
                false,
                properties.x509AuthenticationProvider().superUser(),
                auth.enabled() ? auth.schemes() : List.of());
    }

    private ReplicaOptions.Storage storage() {
        return new ReplicaOptions.Storage(
                properties.snapCount(),
                Math.max(0, properties.snapSizeLimitInKb().toBytes()),
                Math.max(0, properties.txnLogSizeLimitInKb().toBytes()),
                bytes("coordination.pre-alloc-size", properties.preAllocSize(), 1),
                retainedSnapshots(),
                properties.snapshot().trust().empty(),
                emptyDisk());
    }

    private ReplicaOptions.EmptyDisk emptyDisk() {
        if (InitializeMarker.in(properties.dataDir()).isThere()) {
            return ReplicaOptions.EmptyDisk.NEW;
        }
        return properties.db().autocreate()
                ? ReplicaOptions.EmptyDisk.NEW_UNLESS_KNOWN_OTHERWISE
                : ReplicaOptions.EmptyDisk.LOST;
    }

    private int retainedSnapshots() {
        int wanted = properties.autopurge().snapRetainCount();
        if (wanted == 0 || properties.autopurge().purgeInterval().isZero()) {
            return 0;
        }
        if (wanted < MIN_RETAINED) {
            LOG.warn(
                    "coordination.autopurge.snap-retain-count={} is raised to {}: fewer leave no way back from a"
                            + " damaged snapshot",
                    wanted,
                    MIN_RETAINED);
        }
        return Math.max(MIN_RETAINED, wanted);
    }

    /** ZooKeeper writes -1 for "not set". */
    private static int timeout(@Nullable Duration configured, int otherwiseMillis) {
        return configured == null || configured.isNegative() ? otherwiseMillis : millis(configured);
    }

    /** Ranges are checked where the property is declared, so this cannot overflow. */
    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }

    private static int bytes(String property, DataSize size, int minBytes) {
        atLeast(property, size, minBytes);
        if (size.toBytes() > Integer.MAX_VALUE) {
            throw invalid(property, size, "it must be less than 2GB");
        }
        return (int) size.toBytes();
    }

    private static long atLeast(String property, DataSize size, long minBytes) {
        if (size.toBytes() < minBytes) {
            throw invalid(property, size, "it must be at least " + minBytes + "B");
        }
        return size.toBytes();
    }

    private static InvalidConfigurationPropertyValueException invalid(String property, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException(property, value, reason);
    }
}
