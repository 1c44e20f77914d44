package io.quorate.cloud.zk.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.common.PathUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Registration and discovery, {@code spring.cloud.zookeeper.discovery.*}. The names and meanings that Spring Cloud
 * Zookeeper has are kept.
 *
 * @param enabled whether services are discovered and this one is registered
 * @param root node below which services are registered; a slash in front is added, one at the end removed
 * @param uriSpec how the address of this instance is written
 * @param serviceName name that this service is registered under; spring.application.name when absent
 * @param instanceId id of this instance; random when absent
 * @param instanceHost host that this instance is called by; the first that is not loopback when absent
 * @param instanceIpAddress address that this instance is called by when prefer-ip-address is set; the first that is not
 *     loopback when absent
 * @param preferIpAddress whether the IP address is registered instead of the host
 * @param instancePort port that is registered; the one that the web server listens on when absent
 * @param instanceSslPort port with TLS that is registered; its presence makes the instance secure
 * @param register whether this service is registered
 * @param metadata registered with this instance
 * @param initialStatus status that this instance is registered with
 * @param order position among several discovery clients
 * @param nodeType how the node of an instance is named
 * @param registerOn when this instance is registered
 * @param deregisterDelay pause between the removal of the node and the end of the web server, for consumers to hear of
 *     it; a process with several contexts waits once
 * @param failFast whether a first registration that fails stops the start
 * @param followReadiness whether the instance is out of service while the application's readiness refuses traffic
 * @param healthGroup a group of the application's health, management.endpoint.health.group.*; the instance is also out
 *     of service while a probe of that group would be answered with an error. A group that includes "zookeeper" follows
 *     the connection as well. None when absent
 * @param healthGroupInterval pause between two looks at the health group
 * @param staleInstancePolicy what happens to nodes that a former session of this instance has left
 * @param registerManagement whether the port of the management endpoints, where it is another than the application's,
 *     is registered as a service of its own, "name:management"
 * @param onlyUp whether the discovery clients leave out instances that are not up
 * @param publishLoad whether this instance publishes how many requests it has in flight
 * @param publishLoadInterval the load is published at most so often, and only when it changed
 * @param catalog the memory of what is registered
 */
@ConfigurationProperties("spring.cloud.zookeeper.discovery")
public record ZkDiscoveryProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/services") String root,
        @DefaultValue("{scheme}://{address}:{port}") String uriSpec,
        @Nullable String serviceName,
        @Nullable String instanceId,
        @Nullable String instanceHost,
        @Nullable String instanceIpAddress,
        @DefaultValue("false") boolean preferIpAddress,
        @Nullable Integer instancePort,
        @Nullable Integer instanceSslPort,
        @DefaultValue("true") boolean register,
        @DefaultValue Map<String, String> metadata,
        @DefaultValue("UP") String initialStatus,
        @DefaultValue("0") int order,
        @DefaultValue("sequential") NodeType nodeType,
        @DefaultValue("ready") RegisterOn registerOn,
        @DefaultValue("2s") Duration deregisterDelay,
        @DefaultValue("false") boolean failFast,
        @DefaultValue("true") boolean followReadiness,
        @Nullable String healthGroup,
        @DefaultValue("10s") Duration healthGroupInterval,
        @DefaultValue("same-address") StaleInstancePolicy staleInstancePolicy,
        @DefaultValue("false") boolean registerManagement,
        @DefaultValue("false") boolean onlyUp,
        @DefaultValue("false") boolean publishLoad,
        @DefaultValue("1s") Duration publishLoadInterval,
        @DefaultValue Catalog catalog) {

    private static final String PREFIX = "spring.cloud.zookeeper.discovery";
    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException if a value is out of its range */
    public ZkDiscoveryProperties {
        requirePort("instance-port", instancePort);
        requirePort("instance-ssl-port", instanceSslPort);
        requirePath(root);
        Assert.isTrue(!deregisterDelay.isNegative(), PREFIX + ".deregister-delay must not be negative");
        Assert.isTrue(healthGroupInterval.toMillis() >= 1, PREFIX + ".health-group-interval must be at least 1ms");
        Assert.isTrue(publishLoadInterval.toMillis() >= 1, PREFIX + ".publish-load-interval must be at least 1ms");
    }

    private static void requirePort(String name, @Nullable Integer port) {
        Assert.isTrue(
                port == null || port >= 1 && port <= MAX_PORT, () -> PREFIX + "." + name + " must be 1 to " + MAX_PORT);
    }

    private static void requirePath(String root) {
        try {
            PathUtils.validatePath(path(root));
        } catch (IllegalArgumentException noPath) {
            throw new IllegalArgumentException(PREFIX + ".root cannot be a path: " + noPath.getMessage());
        }
    }

    /** How the node of an instance is named. */
    public enum NodeType {
        /**
         * By the id and a number that the server appends, so that a new session never meets the node of a former one.
         */
        SEQUENTIAL,
        /** By the id alone, as Spring Cloud Zookeeper does. */
        PLAIN
    }

    /** When an instance is registered. */
    public enum RegisterOn {
        /** When the application is ready, its runners included. */
        READY,
        /** When the web server listens. */
        WEB_SERVER,
        /** When the application calls the registry. */
        MANUAL
    }

    /** Which nodes of a former session are removed once the new one stands. */
    public enum StaleInstancePolicy {
        /** None: they go when their session ends. */
        NEVER,
        /** Those with the same id, address and port. */
        SAME_ADDRESS,
        /** Those with the same id. */
        SAME_ID
    }

    /**
     * The memory of what is registered.
     *
     * @param initialLoadTimeout how long the first look-up of a service waits for its instances
     * @param serveStale whether the last list is answered while there is no connection
     * @param idleEviction a service that nobody asked for during this time is no longer followed
     * @param maxSubscriptions more services than this are not followed at a time; the one not asked for the longest
     *     goes
     */
    public record Catalog(
            @DefaultValue("2s") Duration initialLoadTimeout,
            @DefaultValue("true") boolean serveStale,
            @DefaultValue("10m") Duration idleEviction,
            @DefaultValue("1000") int maxSubscriptions) {

        /** @throws IllegalArgumentException if a value is out of its range */
        public Catalog {
            Assert.isTrue(
                    !initialLoadTimeout.isNegative(), PREFIX + ".catalog.initial-load-timeout must not be negative");
            Assert.isTrue(idleEviction.toMillis() >= 2, PREFIX + ".catalog.idle-eviction must be at least 2ms");
            Assert.isTrue(maxSubscriptions >= 1, PREFIX + ".catalog.max-subscriptions must be at least 1");
        }
    }

    /** The root with a slash in front and none at the end; "/" for the root of everything. */
    public String rootPath() {
        return path(root);
    }

    private static String path(String text) {
        return "/" + String.join("/", levels(text));
    }

    /** Where the instances of a service are registered. Slashes in the name become levels. */
    public String servicePath(String service) {
        String base = rootPath();
        return (base.equals("/") ? "" : base) + "/" + String.join("/", levels(service));
    }

    private static List<String> levels(String path) {
        return List.of(path.split("/")).stream()
                .filter(level -> !level.isEmpty())
                .toList();
    }
}
