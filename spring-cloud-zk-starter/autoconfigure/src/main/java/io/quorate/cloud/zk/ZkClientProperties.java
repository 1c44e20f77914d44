package io.quorate.cloud.zk;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.api.ACLProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.Assert;

/**
 * The connection to the coordination service, {@code spring.cloud.zookeeper.*}. The names and meanings that Spring
 * Cloud Zookeeper has are kept.
 *
 * @param enabled whether the starter does anything at all
 * @param connectString servers as a comma list of host:port, with an optional chroot at the end
 * @param baseSleepTimeMs first pause before an operation is tried again, in milliseconds; doubles with every attempt
 * @param maxRetries how often an operation is tried again, 0 to 29
 * @param maxSleepMs longest pause between two attempts, in milliseconds
 * @param blockUntilConnectedWait older name of startup-wait, without its unit; wins when set
 * @param blockUntilConnectedUnit unit of block-until-connected-wait
 * @param sessionTimeout asked of the server, which may grant another; a bare number is in milliseconds
 * @param connectionTimeout how long one attempt to connect may take; a bare number is in milliseconds
 * @param namespace path that is put before every path of the application; none when absent
 * @param auth identities that are added to the session before it is used
 * @param acl access list of every node that is created: "open", "creator-all", or entries "scheme:id:permissions"
 * @param ssl encryption of the connection
 * @param clientConfig passed to the ZooKeeper client as they are, by ZooKeeper's own names
 * @param ensembleTracker whether the client follows the server list that the servers advertise
 * @param ensureChroot whether the chroot of the connect string is created when it is missing
 * @param startupWait how long the start of the application waits for the connection, once
 * @param watchMode which kind of watch is used
 * @param reconcileInterval how often everything that is watched is also compared
 */
@ConfigurationProperties("spring.cloud.zookeeper")
public record ZkClientProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("localhost:2181") String connectString,
        @DefaultValue("50") int baseSleepTimeMs,
        @DefaultValue("10") int maxRetries,
        @DefaultValue("500") int maxSleepMs,
        @Nullable Integer blockUntilConnectedWait,
        @DefaultValue("SECONDS") TimeUnit blockUntilConnectedUnit,

        @DefaultValue("20s") @DurationUnit(ChronoUnit.MILLIS)
        Duration sessionTimeout,

        @DefaultValue("15s") @DurationUnit(ChronoUnit.MILLIS)
        Duration connectionTimeout,

        @Nullable String namespace,
        @DefaultValue List<Auth> auth,
        @DefaultValue("open") List<String> acl,
        @DefaultValue Ssl ssl,
        @DefaultValue Map<String, String> clientConfig,
        @DefaultValue("false") boolean ensembleTracker,
        @DefaultValue("true") boolean ensureChroot,
        @DefaultValue("10s") Duration startupWait,
        @DefaultValue("auto") WatchMode watchMode,
        @DefaultValue("5m") Duration reconcileInterval) {

    private static final String PREFIX = "spring.cloud.zookeeper";

    /** @throws IllegalArgumentException if a value is out of its range */
    public ZkClientProperties {
        Assert.isTrue(reconcileInterval.toMillis() >= 1, PREFIX + ".reconcile-interval must be at least 1ms");
        Assert.isTrue(sessionTimeout.toMillis() >= 1, PREFIX + ".session-timeout must be at least 1ms");
        Assert.isTrue(connectionTimeout.toMillis() >= 1, PREFIX + ".connection-timeout must be at least 1ms");
        requireMillis("session-timeout", sessionTimeout);
        requireMillis("connection-timeout", connectionTimeout);
        requireMillis("startup-wait", startupWait);
    }

    /** The client counts milliseconds in an int. */
    private static void requireMillis(String name, Duration value) {
        Assert.isTrue(
                value.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0,
                () -> PREFIX + "." + name + " must be at most " + Integer.MAX_VALUE + "ms");
    }

    /** Which watches are set: by what the server can do, persistent ones, or those that fire once. */
    public enum WatchMode {
        /** Persistent watches, and those that fire once where the server refuses persistent ones. */
        AUTO,
        /** Persistent watches only; needs servers of version 3.6 or newer. */
        PERSISTENT,
        /** Watches that fire once and are set again. */
        CLASSIC
    }

    /**
     * One identity.
     *
     * @param scheme name of the scheme, for example "digest"
     * @param credentials what the scheme expects, for "digest" the user and the password as "user:password"
     */
    public record Auth(String scheme, String credentials) {

        /** Without the credentials: this ends up in logs. */
        @Override
        public String toString() {
            return "Auth[scheme=" + scheme + "]";
        }
    }

    /**
     * Encryption.
     *
     * @param enabled whether the connection is encrypted; naming a bundle is enough
     * @param bundle name of an SSL bundle, spring.ssl.bundle.*
     * @param verifyHostname whether the server's certificate must name the host that is connected to. Netty 4.2 has
     *     names verified in any case, unless the system property
     *     io.netty.handler.ssl.defaultEndpointVerificationAlgorithm is NONE
     */
    public record Ssl(
            @DefaultValue("false") boolean enabled,
            @Nullable String bundle,
            @DefaultValue("true") boolean verifyHostname) {

        /** Whether the connection is encrypted. */
        public boolean inUse() {
            return enabled || bundle != null;
        }
    }

    /** How long a start waits for the connection, by whichever of the two names it was set. */
    public Duration effectiveStartupWait() {
        return blockUntilConnectedWait == null
                ? startupWait
                : Duration.of(blockUntilConnectedWait, blockUntilConnectedUnit.toChronoUnit());
    }

    /**
     * The access list of everything that is created, as Curator takes it.
     *
     * @throws IllegalArgumentException when {@code acl} has an entry that is malformed
     */
    public ACLProvider aclProvider() {
        return AclRule.of(acl);
    }

    /** Without the values of client-config, which may hold passwords: this ends up in logs. */
    @Override
    public String toString() {
        return "ZkClientProperties[connectString=" + connectString + ", namespace=" + namespace + ", sessionTimeout="
                + sessionTimeout + ", auth=" + auth + ", clientConfig=" + clientConfig.keySet() + "]";
    }
}
