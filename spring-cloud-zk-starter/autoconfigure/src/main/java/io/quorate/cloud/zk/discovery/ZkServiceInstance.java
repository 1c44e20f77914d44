package io.quorate.cloud.zk.discovery;

import java.net.URI;
import java.util.Map;
import org.springframework.cloud.client.ServiceInstance;

/** An instance as Spring Cloud sees it. Equal when everything that is registered is. */
public final class ZkServiceInstance implements ServiceInstance {

    private final String serviceId;
    private final InstanceRecord instance;

    /** @param serviceId name of the service that was asked for */
    public ZkServiceInstance(String serviceId, InstanceRecord instance) {
        this.serviceId = serviceId;
        this.instance = instance;
    }

    /** Everything that is registered. */
    public InstanceRecord instance() {
        return instance;
    }

    @Override
    public String getInstanceId() {
        return instance.id();
    }

    @Override
    public String getServiceId() {
        return serviceId;
    }

    @Override
    public String getHost() {
        return instance.address();
    }

    @Override
    public int getPort() {
        return instance.effectivePort();
    }

    @Override
    public boolean isSecure() {
        return instance.secure();
    }

    @Override
    public URI getUri() {
        return URI.create(instance.uri());
    }

    @Override
    public String getScheme() {
        return instance.scheme();
    }

    @Override
    public Map<String, String> getMetadata() {
        return instance.metadata();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ZkServiceInstance same
                && same.serviceId.equals(serviceId)
                && same.instance.equals(instance);
    }

    @Override
    public int hashCode() {
        return serviceId.hashCode() + 31 * instance.hashCode();
    }

    @Override
    public String toString() {
        return serviceId + "/" + instance.id() + " at " + instance.uri();
    }
}
