package io.quorate.cloud.zk.discovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the node of an instance says.
 *
 * @param name of the service
 * @param id of the instance
 * @param address host name or IP address
 * @param port without TLS; null for none
 * @param sslPort with TLS; null for none. At least one of both is there
 * @param owner id of the application context that registered it; empty when unknown
 * @param metadata in its order, with the status under {@link #STATUS_KEY}
 * @param registrationTimeUtc milliseconds since the epoch; null when unknown
 * @param serviceType of Curator; {@code DYNAMIC} for an instance that lives as long as its session
 * @param uriSpec how its URI is written
 * @param enabled false for an instance that its writer has taken out of service
 */
public record InstanceRecord(
        String name,
        String id,
        String address,
        @Nullable Integer port,
        @Nullable Integer sslPort,
        String owner,
        Map<String, String> metadata,
        @Nullable Long registrationTimeUtc,
        String serviceType,
        UriTemplate uriSpec,
        boolean enabled) {

    /** Metadata key of the status. */
    public static final String STATUS_KEY = "instance_status";

    public static final String STATUS_UP = "UP";
    public static final String STATUS_OUT_OF_SERVICE = "OUT_OF_SERVICE";

    /** Service type of an instance that lives as long as its session. */
    public static final String DYNAMIC = "DYNAMIC";

    public InstanceRecord {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** The same instance with other metadata. */
    public InstanceRecord withMetadata(Map<String, String> other) {
        return new InstanceRecord(
                name, id, address, port, sslPort, owner, other, registrationTimeUtc, serviceType, uriSpec, enabled);
    }

    /** Whether it is reached with TLS only. */
    public boolean secure() {
        return sslPort != null;
    }

    /** The port to call. */
    public int effectivePort() {
        if (sslPort != null) {
            return sslPort;
        }
        return port == null ? 0 : port;
    }

    public String scheme() {
        return secure() ? "https" : "http";
    }

    /** The status in capitals; {@code UP} when it says none. */
    public String status() {
        String status = metadata.get(STATUS_KEY);
        if (!enabled) {
            return STATUS_OUT_OF_SERVICE;
        }
        return status == null || status.isBlank() ? STATUS_UP : status.trim().toUpperCase(Locale.ROOT);
    }

    /** Whether it wants to be called. */
    public boolean up() {
        return status().equals(STATUS_UP);
    }

    /** Its address, written as its template says. */
    public String uri() {
        return uriSpec.render(this::variable);
    }

    private @Nullable Object variable(String variable) {
        return switch (variable) {
            case "scheme" -> scheme();
            case "name" -> name;
            case "id" -> id;
            // As URIs write an address of IPv6.
            case "address" -> address.indexOf(':') >= 0 && !address.startsWith("[") ? "[" + address + "]" : address;
            case "port" -> port == null ? sslPort : port;
            case "ssl-port" -> sslPort;
            case "registration-time-utc" -> registrationTimeUtc;
            case "service-type" -> serviceType.toLowerCase(Locale.ROOT);
            default -> null;
        };
    }
}
