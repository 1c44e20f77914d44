package io.quorate.cloud.zk.registry;

import io.quorate.cloud.zk.discovery.InstanceRecord;
import io.quorate.cloud.zk.discovery.PublishedLoad;
import io.quorate.cloud.zk.discovery.UriTemplate;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.zookeeper.common.PathUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What is to be registered of one instance. Name, id and address are fixed; ports are known once a web server listens,
 * and status, metadata and load may change at any time. It is the only source of what is written. Thread-safe.
 */
public final class ZkRegistration implements Registration {

    private final String serviceName;
    private final String instanceId;
    private final String address;
    private final UriTemplate uriSpec;
    private final String owner;
    private final long registrationTimeUtc = System.currentTimeMillis();

    private final Map<String, String> metadata;
    private String status;
    /** What refuses traffic at present. */
    private final Set<TrafficProbe> refusals = EnumSet.noneOf(TrafficProbe.class);

    /** Requests in flight; negative when they are not published. */
    private long load = -1;

    /** Whether the port was set by properties or a customizer, so that no server changes it. */
    private final boolean portGiven;

    private final boolean sslPortGiven;
    private @Nullable Integer port;
    private @Nullable Integer sslPort;

    private ZkRegistration(Builder builder) {
        Assert.hasText(builder.serviceName, "A registration needs the name of its service");
        Assert.hasText(builder.instanceId, "A registration needs the id of its instance");
        Assert.hasText(builder.address, "A registration needs an address");
        Assert.doesNotContain(builder.instanceId, "/", "The id of an instance is the name of a node and has no slash");
        requirePath(builder.instanceId, "id of an instance");
        // As slashes become levels, several in a row are one.
        requirePath(builder.serviceName.replaceAll("^/+|/+$", "").replaceAll("/+", "/"), "name of a service");
        requireEntries(builder.metadata);
        serviceName = builder.serviceName;
        instanceId = builder.instanceId;
        address = builder.address;
        uriSpec = UriTemplate.parse(builder.uriSpec);
        owner = builder.owner;
        metadata = new LinkedHashMap<>(builder.metadata);
        status = StringUtils.hasText(builder.status) ? builder.status : InstanceRecord.STATUS_UP;
        port = builder.port;
        sslPort = builder.sslPort;
        portGiven = port != null;
        sslPortGiven = sslPort != null;
    }

    private static void requirePath(String text, String what) {
        try {
            Assert.hasLength(text, "it is empty");
            PathUtils.validatePath("/" + text);
        } catch (IllegalArgumentException noPath) {
            throw new IllegalArgumentException(
                    "The " + what + " is part of a path, which '" + text + "' cannot be: " + noPath.getMessage());
        }
    }

    private static void requireEntries(Map<String, String> entries) {
        entries.forEach((key, value) -> {
            Assert.notNull(key, "Metadata has no null key");
            Assert.notNull(value, () -> "Metadata has no null value, as for '" + key + "'");
        });
    }

    /** Begins a registration; it needs at least a service, an id and an address. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins a registration of another service at the same place: as this one, but for name, status, ports and URI. */
    synchronized Builder builderOfAnother(String name) {
        return builder()
                .serviceName(name)
                .instanceId(instanceId)
                .address(address)
                .owner(owner)
                .metadata(metadata);
    }

    /** What is to be written now. */
    public synchronized InstanceRecord toRecord() {
        Map<String, String> written = new LinkedHashMap<>();
        written.put(InstanceRecord.STATUS_KEY, status());
        written.putAll(metadata);
        written.put(InstanceRecord.STATUS_KEY, status());
        if (load >= 0) {
            written.put(PublishedLoad.KEY, Long.toString(load));
        }
        return new InstanceRecord(
                serviceName,
                instanceId,
                address,
                port,
                sslPort,
                owner,
                written,
                registrationTimeUtc,
                InstanceRecord.DYNAMIC,
                uriSpec,
                true);
    }

    /** Whether its port is known; before, it cannot be registered. */
    public synchronized boolean isBound() {
        return port != null || sslPort != null;
    }

    /**
     * Sets the port of the web server, unless properties or a customizer have set one. A server that was restarted may
     * listen on another.
     *
     * @param secure whether the server speaks TLS there; then it is the port and the TLS port, as readers expect both
     * @return whether it is registered with that port
     */
    synchronized boolean bind(int localPort, boolean secure) {
        if (!portGiven) {
            port = localPort;
        }
        if (!sslPortGiven) {
            sslPort = secure ? Integer.valueOf(localPort) : null;
        }
        return !portGiven || !sslPortGiven && secure;
    }

    /** The web server is gone. */
    synchronized void unbind() {
        if (!portGiven) {
            port = null;
        }
        if (!sslPortGiven) {
            sslPort = null;
        }
    }

    /** The status that is to be written: out of service while the application refuses traffic, else what was set. */
    public synchronized String status() {
        return refusals.isEmpty() ? status : InstanceRecord.STATUS_OUT_OF_SERVICE;
    }

    /**
     * @return whether what is to be written has changed
     * @throws IllegalArgumentException when it is empty
     */
    synchronized boolean setStatus(String newStatus) {
        Assert.hasText(newStatus, "The status of an instance is not empty");
        String before = status();
        status = newStatus;
        return !before.equals(status());
    }

    /** @return whether what is to be written has changed */
    synchronized boolean setAcceptingTraffic(TrafficProbe probe, boolean accepting) {
        String before = status();
        if (accepting) {
            refusals.remove(probe);
        } else {
            refusals.add(probe);
        }
        return !before.equals(status());
    }

    /** @return whether what is to be written has changed */
    synchronized boolean setLoad(long requestsInFlight) {
        boolean changed = load != requestsInFlight;
        load = requestsInFlight;
        return changed;
    }

    /**
     * @return whether what is to be written has changed
     * @throws IllegalArgumentException when a key or a value is null
     */
    synchronized boolean setMetadata(Map<String, String> replacement) {
        requireEntries(replacement);
        boolean changed = !metadata.equals(replacement);
        metadata.clear();
        metadata.putAll(replacement);
        return changed;
    }

    @Override
    public String getInstanceId() {
        return instanceId;
    }

    @Override
    public String getServiceId() {
        return serviceName;
    }

    @Override
    public String getHost() {
        return address;
    }

    /** 0 while it is not known. */
    @Override
    public int getPort() {
        return toRecord().effectivePort();
    }

    @Override
    public boolean isSecure() {
        return toRecord().secure();
    }

    @Override
    public URI getUri() {
        return URI.create(toRecord().uri());
    }

    @Override
    public String getScheme() {
        return toRecord().scheme();
    }

    /** As it is registered, with the status. A copy. */
    @Override
    public Map<String, String> getMetadata() {
        return Collections.unmodifiableMap(toRecord().metadata());
    }

    @Override
    public String toString() {
        return serviceName + "/" + instanceId + " at " + address;
    }

    /** Collects what is to be registered. */
    public static final class Builder {

        private String serviceName = "";
        private String instanceId = "";
        private String address = "";
        private String uriSpec = "{scheme}://{address}:{port}";
        private String owner = "";
        private String status = InstanceRecord.STATUS_UP;
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private @Nullable Integer port;
        private @Nullable Integer sslPort;

        private Builder() {}

        /** Name of the service. Slashes become levels of nodes. */
        public Builder serviceName(String name) {
            serviceName = name;
            return this;
        }

        /** Id of the instance, unique within the service. It is the beginning of the node's name. */
        public Builder instanceId(String id) {
            instanceId = id;
            return this;
        }

        /** Host or IP address that the instance is called by. */
        public Builder address(String hostOrIp) {
            address = hostOrIp;
            return this;
        }

        /** How the URI is written, see {@link UriTemplate}. */
        public Builder uriSpec(String template) {
            uriSpec = template;
            return this;
        }

        /** Id of the application context, for people who look at the node. */
        public Builder owner(String contextId) {
            owner = contextId;
            return this;
        }

        /** Status at first; {@code UP} unless set. */
        public Builder status(String initial) {
            status = initial;
            return this;
        }

        /** Adds one entry. */
        public Builder metadata(String key, String value) {
            metadata.put(key, value);
            return this;
        }

        /** Adds entries. */
        public Builder metadata(Map<String, String> entries) {
            metadata.putAll(entries);
            return this;
        }

        /** Port without TLS; null for that of the web server. */
        public Builder port(@Nullable Integer number) {
            port = number;
            return this;
        }

        /** Port with TLS, which makes the instance secure; null for that of the web server if it speaks TLS. */
        public Builder sslPort(@Nullable Integer number) {
            sslPort = number;
            return this;
        }

        /** @throws IllegalArgumentException when something is missing or the template is malformed */
        public ZkRegistration build() {
            return new ZkRegistration(this);
        }
    }
}
