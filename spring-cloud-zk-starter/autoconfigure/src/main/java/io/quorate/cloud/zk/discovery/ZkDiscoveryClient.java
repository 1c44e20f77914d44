package io.quorate.cloud.zk.discovery;

import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/** Answers from the catalog. An outage is an exception, never an empty list. */
public final class ZkDiscoveryClient implements DiscoveryClient {

    private final ServiceCatalog catalog;
    private final CatalogProbe probe;
    private final ZkDiscoveryProperties properties;

    public ZkDiscoveryClient(ServiceCatalog catalog, CatalogProbe probe, ZkDiscoveryProperties properties) {
        this.catalog = catalog;
        this.probe = probe;
        this.properties = properties;
    }

    @Override
    public String description() {
        return "Quorate Spring Cloud discovery client";
    }

    @Override
    public List<ServiceInstance> getInstances(String serviceId) {
        return catalog.instances(serviceId).stream()
                .filter(instance -> !properties.onlyUp() || instance.instance().up())
                .map(ServiceInstance.class::cast)
                .toList();
    }

    @Override
    public List<String> getServices() {
        return catalog.services();
    }

    @Override
    public void probe() {
        probe.check();
    }

    @Override
    public int getOrder() {
        return properties.order();
    }
}
