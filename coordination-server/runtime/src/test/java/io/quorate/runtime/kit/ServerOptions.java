package io.quorate.runtime.kit;

import org.jspecify.annotations.Nullable;

/**
 * What the kit varies of a server's configuration. The defaults are those of a server that is told nothing (client
 * protocol 11.8).
 *
 * @param shape how many members the ensemble has
 * @param tickTimeMillis the unit of session timeouts
 * @param minSessionTimeoutMillis -1 for two ticks
 * @param maxSessionTimeoutMillis -1 for twenty ticks
 * @param fourLetterWords the whitelist; null for the server's own
 * @param maxClientConnections per source address; 0 is unlimited
 * @param superDigest the digest id of the super user; null for none
 * @param enforcedAuthSchemes schemes of which a connection must hold one; null for none
 * @param sessionlessTimeoutMillis how long a connection may stay without a session
 * @param containerCheckIntervalMillis period of the container manager
 * @param maxFrameBytes the frame limit, jute.maxbuffer
 * @param encryption null where every connection is plain
 */
record ServerOptions(
        Shape shape,
        int tickTimeMillis,
        int minSessionTimeoutMillis,
        int maxSessionTimeoutMillis,
        @Nullable String fourLetterWords,
        int maxClientConnections,
        @Nullable String superDigest,
        @Nullable String enforcedAuthSchemes,
        boolean extendedTypes,
        boolean enforceQuota,
        boolean reconfig,
        boolean localSessions,
        boolean localSessionsUpgrading,
        int sessionlessTimeoutMillis,
        int containerCheckIntervalMillis,
        int maxFrameBytes,
        @Nullable Encryption encryption) {

    /**
     * Keys for a port where connections are encrypted.
     *
     * @param clientAuth whether clients show certificates, in ZooKeeper's words
     * @param onPlainPort whether the plain port takes such connections too
     * @param superSubject whose certificate is that of the super user; null for nobody's
     */
    record Encryption(
            TestKeys keys,
            String clientAuth,
            boolean onPlainPort,
            @Nullable String superSubject) {}

    /** The role in which the server starts. */
    enum Shape {
        STANDALONE,
        /** A quorum of one: replicated, with everything that only a leader does. */
        ENSEMBLE_OF_ONE,
        /** One of three voters of which the others do not exist, with read-only service on. */
        WITHOUT_QUORUM
    }

    static ServerOptions defaults() {
        return new Builder().build();
    }

    static Builder builder() {
        return new Builder();
    }

    /** Collects what differs from the defaults. */
    static final class Builder {
        private Shape shape = Shape.STANDALONE;
        private int tickTimeMillis = 3000;
        private int minSessionTimeoutMillis = -1;
        private int maxSessionTimeoutMillis = -1;
        private @Nullable String fourLetterWords;
        private int maxClientConnections = 60;
        private @Nullable String superDigest;
        private @Nullable String enforcedAuthSchemes;
        private boolean extendedTypes;
        private boolean enforceQuota;
        private boolean reconfig;
        private boolean localSessions;
        private boolean localSessionsUpgrading;
        private int sessionlessTimeoutMillis = 10_000;
        private int containerCheckIntervalMillis = 60_000;
        private int maxFrameBytes = 0xfffff;
        private @Nullable Encryption encryption;

        Builder shape(Shape value) {
            shape = value;
            return this;
        }

        Builder tickTimeMillis(int value) {
            tickTimeMillis = value;
            return this;
        }

        Builder sessionTimeoutMillis(int min, int max) {
            minSessionTimeoutMillis = min;
            maxSessionTimeoutMillis = max;
            return this;
        }

        Builder fourLetterWords(String value) {
            fourLetterWords = value;
            return this;
        }

        Builder maxClientConnections(int value) {
            maxClientConnections = value;
            return this;
        }

        Builder superDigest(String value) {
            superDigest = value;
            return this;
        }

        Builder enforcedAuthSchemes(String value) {
            enforcedAuthSchemes = value;
            return this;
        }

        Builder extendedTypes() {
            extendedTypes = true;
            return this;
        }

        Builder enforceQuota() {
            enforceQuota = true;
            return this;
        }

        Builder reconfig() {
            reconfig = true;
            return this;
        }

        Builder localSessions(boolean upgrading) {
            localSessions = true;
            localSessionsUpgrading = upgrading;
            return this;
        }

        Builder sessionlessTimeoutMillis(int value) {
            sessionlessTimeoutMillis = value;
            return this;
        }

        Builder containerCheckIntervalMillis(int value) {
            containerCheckIntervalMillis = value;
            return this;
        }

        Builder maxFrameBytes(int value) {
            maxFrameBytes = value;
            return this;
        }

        Builder encryption(Encryption value) {
            encryption = value;
            return this;
        }

        ServerOptions build() {
            return new ServerOptions(
                    shape,
                    tickTimeMillis,
                    minSessionTimeoutMillis,
                    maxSessionTimeoutMillis,
                    fourLetterWords,
                    maxClientConnections,
                    superDigest,
                    enforcedAuthSchemes,
                    extendedTypes,
                    enforceQuota,
                    reconfig,
                    localSessions,
                    localSessionsUpgrading,
                    sessionlessTimeoutMillis,
                    containerCheckIntervalMillis,
                    maxFrameBytes,
                    encryption);
        }
    }
}
