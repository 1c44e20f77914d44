package io.quorate.app;

import io.quorate.app.tls.TlsProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.convert.DataSizeUnit;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;
import org.springframework.util.unit.DataUnit;
import org.springframework.validation.annotation.Validated;

/**
 * How the server is configured. Each property is the kebab-case twin of a ZooKeeper key, and a bare number means what
 * it means there; the first sentence of each parameter says the unit of a bare number where there is one.
 *
 * @param zooCfg Path of an existing ZooKeeper configuration file to take over. Its values are used where no
 *     coordination.* property is set.
 * @param serverId Identity of this server, 1 to 255 (254 with extended types, 127 with those of
 *     ZooKeeper 3.5.3). Without it, the file myid in the data
 *     directory says it; without that either, it is 1.
 * @param clientPort Port for clients. 0 takes any free port. Default: what the server's own entry in servers says
 *     behind its semicolon, otherwise 2181.
 * @param clientPortAddress Address the client port is bound to. 0.0.0.0, the default, is every address of the machine.
 * @param secureClientPort Port for clients where every connection is encrypted. 0 takes any free port. Where it is set
 *     and client-port is not, there is no plain port.
 * @param secureClientPortAddress Address that port is bound to. 0.0.0.0, the default, is every address of the machine.
 * @param ssl Keys and demands of encrypted client connections.
 * @param client The plain port, and changes of keys.
 * @param netty Handshakes.
 * @param dataDir Directory of the snapshots, and of the transaction log unless data-log-dir is set. Relative to the
 *     directory the server is started in.
 * @param dataLogDir Directory of the transaction log. A disk of its own makes writes faster. Default: data-dir.
 * @param tickTime Basic unit of time, bare number in milliseconds: bounds of the session timeout, precision of its
 *     expiry.
 * @param minSessionTimeout Shortest session timeout that a client can get, bare number in milliseconds. Default: two
 *     ticks.
 * @param maxSessionTimeout Longest session timeout that a client can get, bare number in milliseconds. Default: twenty
 *     ticks.
 * @param maxClientCnxns Connections that one address may have open. 0 is no limit.
 * @param maxCnxns Connections that may be open in all. 0 is no limit.
 * @param maxCnxnOutputBytes Bytes of replies that a connection may leave unread before it is closed.
 * @param maxWatches Watches that may be registered in all. A read that would add one more is refused.
 * @param maxReplyBytes Largest reply, bare number in bytes. A read whose reply would be larger is refused.
 * @param maxIdentities Credentials that one connection may present, its address included. A further one fails.
 * @param maxIdentityChars Length in characters of all of them together. One that would exceed it fails.
 * @param clientPortListenBacklog Connections that the system queues until they are accepted. -1 is the system's
 *     default.
 * @param jute Sizes of requests and records.
 * @param globalOutstandingLimit Requests in flight, over all connections. Beyond it, busy connections are not read.
 * @param requestThrottleMaxRequests Requests that may wait for the disk, over all connections. While there are as many,
 *     no request of anybody is looked at. 0 is no limit.
 * @param throttledOpWaitTime Age at which a queued request is refused instead of executed, bare number in milliseconds.
 *     0 is never.
 * @param largeRequestThreshold Size from which a request counts as large, bare number in bytes. -1 is off.
 * @param largeRequestMaxBytes Bytes of large requests in flight; a connection that goes beyond is closed.
 * @param connectionThrottleTokens Size of the bucket of tokens that opening and resuming sessions takes from. 0 is no
 *     throttling.
 * @param connectionThrottleFillTime How often the bucket is refilled, bare number in milliseconds.
 * @param connectionThrottleFillCount Tokens per refill.
 * @param connectionThrottleFreezeTime How often the share of random refusals is adapted, bare number in milliseconds.
 *     -1 is never to refuse at random.
 * @param connectionThrottleDropIncrease Added to that share when the bucket is empty, 0 to 1.
 * @param connectionThrottleDropDecrease Taken from that share when the bucket is full enough, 0 to 1.
 * @param connectionThrottleDecreaseRatio How much of the bucket may be taken for it to count as full enough, 0 to 1.
 * @param connectionThrottleWeightEnabled Whether opening and resuming cost differently; otherwise each costs one token.
 * @param connectionThrottleGlobalSessionWeight Tokens that a new session costs.
 * @param connectionThrottleRenewSessionWeight Tokens that resuming a session costs.
 * @param snapCount Transactions after which a snapshot is taken; the exact moment is random between half of it and all
 *     of it. Not before the log has grown to a quarter of the last snapshot's size.
 * @param snapSizeLimitInKb Log size after which a snapshot is taken, bare number in KiB; random like snap-count. 0 or
 *     less is never.
 * @param txnLogSizeLimitInKb Log size after which a new log file is begun without a snapshot, bare number in KiB. 0 or
 *     less is never.
 * @param preAllocSize By how much the log reserves disk space ahead, bare number in KiB.
 * @param autopurge Removal of snapshots and logs that are no longer needed.
 * @param extendedTypesEnabled Whether nodes with a time to live exist.
 * @param emulate353TtlNodes Whether the encoding of such nodes is that of ZooKeeper 3.5.3.
 * @param enforceQuota Whether hard quotas refuse requests.
 * @param skipAcl Whether every access check passes.
 * @param digestAuthenticationProvider The digest scheme and its super user.
 * @param x509AuthenticationProvider Clients that are known by certificates.
 * @param enforce Demands on clients.
 * @param reconfigEnabled Whether the membership can be changed at run time.
 * @param fourLetterWords The four-letter words.
 * @param znode Kinds of nodes.
 * @param datadirAutocreate Whether missing data directories are created.
 * @param db The database at the start.
 * @param snapshot Handling of snapshots at the start.
 * @param fsync Forcing the transaction log to disk.
 * @param nio Sockets.
 * @param servers The members of the ensemble by id, each as host:quorum-port:election-port[:observer][;client-port].
 *     The same on every member. Without at least two that vote, the server stands alone.
 * @param group Groups of members for a hierarchical quorum by number, each as the ids of its members, for example
 *     1:2:3. Every member that votes is in exactly one. The same on every member.
 * @param weight Weights of members in their groups by id. 0 is a member that decides nothing. Default: 1 each.
 * @param peerType What this server is among the members, participant or observer; must be what servers says. Default:
 *     what servers says.
 * @param electionAlg Number of the election algorithm. There is one, 3.
 * @param initLimit Ticks that a member may take to find and reach the leader's state.
 * @param syncLimit Ticks after which a member that is not heard is given up.
 * @param connectToLearnerMasterLimit Ticks that reaching the leader may take. 0 takes init-limit.
 * @param cnxTimeout How long a single attempt to connect to another member may take, bare number in milliseconds.
 * @param fastleader Pace of elections.
 * @param leaderServes Whether this server takes clients while it leads.
 * @param quorumListenOnAllIps Whether the ports for the other members are bound to every address of the machine;
 *     otherwise to the address in the server list.
 * @param commitLogCount Transactions kept in memory for members that have been away. One that lacks more gets a
 *     snapshot.
 * @param commitLogSize Memory that these transactions may take, bare number in bytes.
 */
@Validated
@ConfigurationProperties(prefix = "coordination", ignoreUnknownFields = false)
public record CoordinationProperties(
        @Nullable Path zooCfg,

        @Min(value = 1, message = "must be at least 1") @Max(value = 255, message = "must be at most 255") @Nullable
        Integer serverId,

        @Min(value = 0, message = PORT) @Max(value = 65535, message = PORT) @Nullable
        Integer clientPort,

        @Size(min = 1, message = "must name an address of this machine; 0.0.0.0 is all of them") @Nullable
        String clientPortAddress,

        @Min(value = 0, message = PORT) @Max(value = 65535, message = PORT) @Nullable
        Integer secureClientPort,

        @Size(min = 1, message = "must name an address of this machine; 0.0.0.0 is all of them") @Nullable
        String secureClientPortAddress,

        @NestedConfigurationProperty @DefaultValue @Valid TlsProperties ssl,

        @DefaultValue @Valid Client client,
        @DefaultValue @Valid Netty netty,

        @DefaultValue(DEFAULT_DATA_DIR) @NotNull Path dataDir,
        @Nullable Path dataLogDir,

        @DefaultValue("2s")
        @DurationUnit(ChronoUnit.MILLIS)
        @DurationMin(millis = 1, message = "must be at least 1ms; usual is 2s. A bare number is milliseconds")
        @DurationMax(minutes = 10, message = "must be at most 10m; usual is 2s. A bare number is milliseconds")
        Duration tickTime,

        @DurationUnit(ChronoUnit.MILLIS) @DurationMax(days = 20, message = "must be at most 20d") @Nullable
        Duration minSessionTimeout,

        @DurationUnit(ChronoUnit.MILLIS) @DurationMax(days = 20, message = "must be at most 20d") @Nullable
        Duration maxSessionTimeout,

        @DefaultValue("60") @Min(value = 0, message = COUNT) int maxClientCnxns,
        @DefaultValue("0") @Min(value = 0, message = COUNT) int maxCnxns,
        @DefaultValue("64MB") DataSize maxCnxnOutputBytes,

        @DefaultValue("10000000") @Min(value = 1, message = "must be at least 1; usual is 10000000")
        int maxWatches,

        @DefaultValue("128MB") DataSize maxReplyBytes,

        @DefaultValue("256") @Min(value = 2, message = "must be at least 2, the address being one; usual is 256")
        int maxIdentities,

        @DefaultValue("65536") @Min(value = 1024, message = "must be at least 1024; usual is 65536")
        int maxIdentityChars,

        @DefaultValue("-1") @Min(value = -1, message = "must be at least 1, or -1 for the system's default")
        int clientPortListenBacklog,

        @DefaultValue @Valid Jute jute,

        @DefaultValue("1000") @Min(value = 1, message = "must be at least 1; usual is 1000")
        int globalOutstandingLimit,

        @DefaultValue("0") @Min(value = 0, message = COUNT) int requestThrottleMaxRequests,

        @DefaultValue("0")
        @DurationUnit(ChronoUnit.MILLIS)
        @DurationMin(message = "must not be negative; 0 switches it off")
        @DurationMax(days = 20, message = "must be at most 20d; 0 switches it off")
        Duration throttledOpWaitTime,

        @DefaultValue("-1") DataSize largeRequestThreshold,
        @DefaultValue("100MB") DataSize largeRequestMaxBytes,

        @DefaultValue("0") @Min(value = 0, message = "must not be negative; 0 is no throttling")
        int connectionThrottleTokens,

        @DefaultValue("1")
        @DurationUnit(ChronoUnit.MILLIS)
        @DurationMin(millis = 1, message = "must be at least 1ms")
        @DurationMax(days = 20, message = "must be at most 20d")
        Duration connectionThrottleFillTime,

        @DefaultValue("1") @Min(value = 1, message = "must be at least 1")
        int connectionThrottleFillCount,

        @DefaultValue("-1")
        @DurationUnit(ChronoUnit.MILLIS)
        @DurationMax(days = 20, message = "must be at most 20d; -1 is off")
        Duration connectionThrottleFreezeTime,

        @DefaultValue("0.02") @DecimalMin(value = "0", message = SHARE) @DecimalMax(value = "1", message = SHARE)
        double connectionThrottleDropIncrease,

        @DefaultValue("0.002") @DecimalMin(value = "0", message = SHARE) @DecimalMax(value = "1", message = SHARE)
        double connectionThrottleDropDecrease,

        @DefaultValue("0") @DecimalMin(value = "0", message = SHARE) @DecimalMax(value = "1", message = SHARE)
        double connectionThrottleDecreaseRatio,

        @DefaultValue("false") boolean connectionThrottleWeightEnabled,

        @DefaultValue("3") @Min(value = 1, message = "must be at least 1")
        int connectionThrottleGlobalSessionWeight,

        @DefaultValue("2") @Min(value = 1, message = "must be at least 1")
        int connectionThrottleRenewSessionWeight,

        @DefaultValue("100000") @Min(value = 2, message = "must be at least 2; usual is 100000")
        int snapCount,

        @DefaultValue("4GB") @DataSizeUnit(DataUnit.KILOBYTES)
        DataSize snapSizeLimitInKb,

        @DefaultValue("-1") @DataSizeUnit(DataUnit.KILOBYTES)
        DataSize txnLogSizeLimitInKb,

        @DefaultValue("8MB") @DataSizeUnit(DataUnit.KILOBYTES)
        DataSize preAllocSize,

        @DefaultValue @Valid Autopurge autopurge,
        @DefaultValue("false") boolean extendedTypesEnabled,
        @DefaultValue("false") boolean emulate353TtlNodes,
        @DefaultValue("false") boolean enforceQuota,
        @DefaultValue("false") boolean skipAcl,
        @DefaultValue @Valid DigestAuthenticationProvider digestAuthenticationProvider,
        @DefaultValue @Valid X509AuthenticationProvider x509AuthenticationProvider,
        @DefaultValue @Valid Enforce enforce,
        @DefaultValue("false") boolean reconfigEnabled,
        @Name("4lw") @DefaultValue @Valid FourLetterWords fourLetterWords,
        @DefaultValue @Valid Znode znode,
        @DefaultValue("true") boolean datadirAutocreate,
        @DefaultValue @Valid Db db,
        @DefaultValue @Valid Snapshot snapshot,
        @DefaultValue @Valid Fsync fsync,
        @DefaultValue @Valid Nio nio,
        @DefaultValue Map<String, String> servers,
        @DefaultValue Map<String, String> group,
        @DefaultValue Map<String, String> weight,
        @Nullable PeerType peerType,

        @DefaultValue("3") @Min(value = 3, message = ONLY_ALGORITHM) @Max(value = 3, message = ONLY_ALGORITHM)
        int electionAlg,

        @DefaultValue("10") @Min(value = 1, message = "must be at least 1 tick; usual is 10")
        int initLimit,

        @DefaultValue("5") @Min(value = 1, message = "must be at least 1 tick; usual is 5")
        int syncLimit,

        @DefaultValue("0") @Min(value = 0, message = "must not be negative; 0 takes init-limit")
        int connectToLearnerMasterLimit,

        @DefaultValue("5s")
        @DurationUnit(ChronoUnit.MILLIS)
        @DurationMin(millis = 1, message = "must be at least 1ms; usual is 5s. A bare number is milliseconds")
        @DurationMax(hours = 1, message = "must be at most 1h; usual is 5s. A bare number is milliseconds")
        Duration cnxTimeout,

        @DefaultValue @Valid Fastleader fastleader,
        @DefaultValue("true") boolean leaderServes,
        @DefaultValue("false") boolean quorumListenOnAllIps,

        @DefaultValue("200000") @Min(value = 500, message = "must be at least 500; usual is 200000")
        int commitLogCount,

        @DefaultValue("64MB") DataSize commitLogSize) {

    static final String DEFAULT_DATA_DIR = "data/standalone";
    private static final String PORT = "must be a port, 0 to 65535; 0 takes any free one";
    private static final String SHARE = "must be a share, 0 to 1";
    private static final String COUNT = "must not be negative; 0 is no limit";
    private static final String ONLY_ALGORITHM = "must be 3, fast leader election: there is no other algorithm";

    /** What a server is among the members of an ensemble. */
    public enum PeerType {
        PARTICIPANT,
        OBSERVER
    }

    /**
     * @param minNotificationInterval Pause before a member that elects says again what it has said, bare number in
     *     milliseconds. Doubles each time.
     * @param maxNotificationInterval Longest such pause, bare number in milliseconds.
     */
    public record Fastleader(
            @DefaultValue("200ms")
            @DurationUnit(ChronoUnit.MILLIS)
            @DurationMin(millis = 1, message = "must be at least 1ms; usual is 200ms")
            @DurationMax(hours = 1, message = "must be at most 1h; usual is 200ms")
            Duration minNotificationInterval,

            @DefaultValue("2s")
            @DurationUnit(ChronoUnit.MILLIS)
            @DurationMin(millis = 1, message = "must be at least 1ms; usual is 2s")
            @DurationMax(hours = 1, message = "must be at most 1h; usual is 2s")
            Duration maxNotificationInterval) {}

    /**
     * @param maxbuffer Largest request, bare number in bytes. Clients need the same limit for what they read.
     * @param maxbufferExtrasize Slack for what a request becomes as a transaction, bare number in bytes. Default:
     *     maxbuffer.
     */
    public record Jute(
            @DefaultValue("1048575") DataSize maxbuffer,
            @Nullable DataSize maxbufferExtrasize) {}

    /**
     * @param snapRetainCount Snapshots to keep, at least 3, with the logs that they need. 0 keeps everything.
     * @param purgeInterval Whether to purge, bare number in hours: 0 is never. Otherwise a file goes as soon as a new
     *     snapshot makes it superfluous, whatever the interval.
     */
    public record Autopurge(
            @DefaultValue("3") @Min(value = 0, message = "must not be negative; 0 keeps everything")
            int snapRetainCount,

            @DefaultValue("1h")
            @DurationUnit(ChronoUnit.HOURS)
            @DurationMin(message = "must not be negative; 0 switches purging off")
            Duration purgeInterval) {}

    /**
     * @param enabled Whether the digest scheme exists.
     * @param superDigest The super user, as super: and the base64 digest of super:password.
     * @param digestAlg Hash of the digest scheme.
     */
    public record DigestAuthenticationProvider(
            @DefaultValue("true") boolean enabled,
            @Nullable String superDigest,

            @DefaultValue("SHA1") @NotBlank(message = "must name a hash, for example SHA1 or SHA-256")
            String digestAlg) {

        /** Without the digest: this ends up in logs. */
        @Override
        public String toString() {
            return "DigestAuthenticationProvider[enabled=" + enabled + ", superDigest="
                    + (superDigest == null ? "none" : "***") + ", digestAlg=" + digestAlg + "]";
        }
    }

    /**
     * @param portUnification Whether the plain port takes encrypted connections too.
     * @param certReload Whether new keys are looked for every 30 seconds.
     */
    public record Client(
            @DefaultValue("false") boolean portUnification,
            @DefaultValue("true") boolean certReload) {}

    /** @param server Connections of clients. */
    public record Netty(@DefaultValue @Valid Server server) {}

    /** @param outstandingHandshake Connections that are about to be encrypted. */
    public record Server(@DefaultValue @Valid OutstandingHandshake outstandingHandshake) {}

    /** @param limit How many there may be at once; further ones are closed. 0 or less is no limit. */
    public record OutstandingHandshake(@DefaultValue("1000") int limit) {}

    /** @param superUser Subject of the super user's certificate, for example CN=admin,O=Example. */
    public record X509AuthenticationProvider(@Nullable String superUser) {}

    /** @param auth Authentication of clients. */
    public record Enforce(@DefaultValue @Valid Auth auth) {}

    /**
     * @param enabled Whether a client must authenticate before it may ask for anything.
     * @param schemes Schemes, one of which it must have used.
     */
    public record Auth(
            @DefaultValue("false") boolean enabled,
            @DefaultValue List<String> schemes) {}

    /** @param commands Which words are answered. */
    public record FourLetterWords(@DefaultValue @Valid Commands commands) {}

    /** @param whitelist Words that are answered, comma-separated; * is all. srvr always is. */
    public record Commands(@DefaultValue List<String> whitelist) {}

    /** @param container Containers, and nodes with a time to live. */
    public record Znode(@DefaultValue @Valid Container container) {}

    /**
     * @param checkIntervalMs How often empty containers and dead nodes are looked for, bare number in milliseconds.
     * @param maxPerMinute How many of them are removed in a minute.
     * @param maxNeverUsedIntervalMs Age at which a container that never had a child goes, bare number in milliseconds.
     *     0 is never.
     */
    public record Container(
            @DefaultValue("1m")
            @DurationUnit(ChronoUnit.MILLIS)
            @DurationMin(millis = 1, message = "must be at least 1ms; usual is 1m")
            Duration checkIntervalMs,

            @DefaultValue("10000") @Min(value = 1, message = "must be at least 1; usual is 10000")
            int maxPerMinute,

            @DefaultValue("0")
            @DurationUnit(ChronoUnit.MILLIS)
            @DurationMin(message = "must not be negative; 0 is never")
            Duration maxNeverUsedIntervalMs) {}

    /**
     * @param autocreate Whether an empty data directory is a new database. Otherwise, and where its epoch files say
     *     that there has been one, a member of an ensemble does not vote until it has its leader's data. An empty file
     *     named initialize in data-dir says that a database is to be new, for one start.
     */
    public record Db(@DefaultValue("true") boolean autocreate) {}

    /** @param trust Which state of the data directory is trusted. */
    public record Snapshot(@DefaultValue @Valid Trust trust) {}

    /**
     * @param empty Whether logs without any snapshot are replayed from nothing. For one start after an upgrade only.
     */
    public record Trust(@DefaultValue("false") boolean empty) {}

    /**
     * @param warningthresholdms Time of a force of the transaction log from which on it is logged as a warning and
     *     counted, bare number in milliseconds.
     */
    public record Fsync(
            @DefaultValue("1s")
            @DurationUnit(ChronoUnit.MILLIS)
            @DurationMin(message = "must not be negative; usual is 1s")
            @DurationMax(days = 20, message = "must be at most 20d; usual is 1s")
            Duration warningthresholdms) {}

    /** @param sessionlessCnxnTimeout How long a connection may stay without a session, bare number in milliseconds. */
    public record Nio(
            @DefaultValue("10s")
            @DurationUnit(ChronoUnit.MILLIS)
            @DurationMin(millis = 1, message = "must be at least 1ms; usual is 10s")
            @DurationMax(days = 20, message = "must be at most 20d; usual is 10s")
            Duration sessionlessCnxnTimeout) {}
}
