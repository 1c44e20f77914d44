package io.quorate.core.replica;

import io.quorate.core.base.Limits;
import io.quorate.core.base.ThrottleOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a replica behaves, as plain values. Whoever builds it has validated it; the defaults are the reference's, but for
 * purging, which is on.
 *
 * @param serverId 1 to 255; the high byte of session ids
 * @param times how sessions are timed
 * @param limits every bound of the server
 * @param nodes which kinds of nodes and quotas exist
 * @param access who may do what
 * @param storage when to take snapshots and what to keep
 * @param reconfigEnabled whether reconfig is more than an error
 * @param throttle how many handshakes are served
 * @param ensemble how it is a member of one; null for a server without peers
 */
public record ReplicaOptions(
        long serverId,
        Times times,
        Limits limits,
        Nodes nodes,
        Access access,
        Storage storage,
        boolean reconfigEnabled,
        ThrottleOptions throttle,
        @Nullable EnsembleOptions ensemble) {

    /** The same server as a member of an ensemble. */
    public ReplicaOptions withEnsemble(EnsembleOptions joined) {
        return new ReplicaOptions(serverId, times, limits, nodes, access, storage, reconfigEnabled, throttle, joined);
    }

    public ReplicaOptions withTimes(Times other) {
        return new ReplicaOptions(serverId, other, limits, nodes, access, storage, reconfigEnabled, throttle, ensemble);
    }

    public ReplicaOptions withLimits(Limits other) {
        return new ReplicaOptions(serverId, times, other, nodes, access, storage, reconfigEnabled, throttle, ensemble);
    }

    public ReplicaOptions withAccess(Access other) {
        return new ReplicaOptions(serverId, times, limits, nodes, other, storage, reconfigEnabled, throttle, ensemble);
    }

    public ReplicaOptions withStorage(Storage other) {
        return new ReplicaOptions(serverId, times, limits, nodes, access, other, reconfigEnabled, throttle, ensemble);
    }

    public ReplicaOptions withThrottle(ThrottleOptions other) {
        return new ReplicaOptions(serverId, times, limits, nodes, access, storage, reconfigEnabled, other, ensemble);
    }

    /**
     * @param tickMillis width of the session expiry buckets; positive
     * @param minSessionTimeoutMillis lower bound of the negotiation
     * @param maxSessionTimeoutMillis upper bound of the negotiation
     */
    public record Times(int tickMillis, int minSessionTimeoutMillis, int maxSessionTimeoutMillis) {

        private static final int DEFAULT_TICK_MILLIS = 3000;

        public static final Times DEFAULTS = ofTick(DEFAULT_TICK_MILLIS);

        /** With the bounds that follow from the tick where none are configured: two ticks and twenty. */
        public static Times ofTick(int tickMillis) {
            return new Times(tickMillis, 2 * tickMillis, 20 * tickMillis);
        }
    }

    /**
     * @param extendedTypes whether TTL nodes exist
     * @param emulate353Ttl whether any negative owner is a TTL node, as in 3.5.3
     * @param enforceQuota whether hard quotas refuse
     * @param containerCheckMillis between two checks of the container manager; positive
     * @param containerMaxPerMinute deletions of the container manager; positive
     * @param containerMaxNeverUsedMillis age at which a never used container goes; 0 is never
     */
    public record Nodes(
            boolean extendedTypes,
            boolean emulate353Ttl,
            boolean enforceQuota,
            long containerCheckMillis,
            int containerMaxPerMinute,
            long containerMaxNeverUsedMillis) {

        public static final Nodes DEFAULTS = new Nodes(false, false, false, 60_000, 10_000, 0);
    }

    /**
     * @param skipAcl whether every access check passes
     * @param superDigest {@code super:<base64>}, or null for no super user
     * @param digestAlgorithm hash of the digest scheme
     * @param digestEnabled whether the digest scheme exists
     * @param certificates whether the scheme x509 exists
     * @param superSubject the subject of a certificate whose owner bypasses every list, or null for none
     * @param enforcedSchemes one of which every client must have presented; empty for no demand
     */
    public record Access(
            boolean skipAcl,
            @Nullable String superDigest,
            String digestAlgorithm,
            boolean digestEnabled,
            boolean certificates,
            @Nullable String superSubject,
            List<String> enforcedSchemes) {

        public static final Access DEFAULTS = new Access(false, null, "SHA1", true, false, null, List.of());

        /** Without the digest: this ends up in logs. */
        @Override
        public String toString() {
            return "Access[skipAcl=" + skipAcl + ", superDigest=" + (superDigest == null ? "none" : "***")
                    + ", digestAlgorithm=" + digestAlgorithm + ", digestEnabled=" + digestEnabled
                    + ", certificates=" + certificates + ", superSubject=" + superSubject + ", enforcedSchemes="
                    + enforcedSchemes + "]";
        }

        /** The same, with or without the scheme x509. */
        public Access withCertificates(boolean known) {
            return new Access(
                    skipAcl, superDigest, digestAlgorithm, digestEnabled, known, superSubject, enforcedSchemes);
        }
    }

    /**
     * @param snapCount transactions after which a snapshot is taken, jittered between half of it and all of it; at
     *     least 2
     * @param snapSizeBytes log bytes after which one is taken, jittered the same way; 0 is never
     * @param segmentBytes log bytes after which a new segment is begun without a snapshot; 0 is never
     * @param reserveBytes by how much the log reserves space ahead; positive
     * @param retainedSnapshots how many to keep, with the logs they need; 0 keeps everything
     * @param trustEmptySnapshot whether logs without any snapshot are replayed on an empty tree
     * @param emptyDisk what a disk without data means
     */
    public record Storage(
            int snapCount,
            long snapSizeBytes,
            long segmentBytes,
            int reserveBytes,
            int retainedSnapshots,
            boolean trustEmptySnapshot,
            EmptyDisk emptyDisk) {

        /** With the default meaning of an empty disk. */
        public Storage(
                int snapCount,
                long snapSizeBytes,
                long segmentBytes,
                int reserveBytes,
                int retainedSnapshots,
                boolean trustEmptySnapshot) {
            this(
                    snapCount,
                    snapSizeBytes,
                    segmentBytes,
                    reserveBytes,
                    retainedSnapshots,
                    trustEmptySnapshot,
                    EmptyDisk.NEW_UNLESS_KNOWN_OTHERWISE);
        }

        public static final Storage DEFAULTS = new Storage(100_000, 4L << 30, 0, 8 << 20, 3, false);
    }

    /** What a disk with neither a snapshot nor a log is taken for (quorum protocol 9.8). */
    public enum EmptyDisk {
        /** A new database, whatever else lies there: the operator has said so for this start. */
        NEW,
        /** A new database, unless the epoch files say that there has been another. */
        NEW_UNLESS_KNOWN_OTHERWISE,
        /** One that has lost its data. */
        LOST
    }

    /** A standalone server as the reference runs it when nothing but a port and a directory is configured. */
    public static ReplicaOptions defaults() {
        return new ReplicaOptions(
                1,
                Times.DEFAULTS,
                Limits.DEFAULTS,
                Nodes.DEFAULTS,
                Access.DEFAULTS,
                Storage.DEFAULTS,
                false,
                ThrottleOptions.OFF,
                null);
    }
}
