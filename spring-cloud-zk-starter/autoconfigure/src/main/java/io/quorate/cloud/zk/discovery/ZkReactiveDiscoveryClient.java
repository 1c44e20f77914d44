package io.quorate.cloud.zk.discovery;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers from the catalog without waiting. An outage is an error signal, never an empty stream. */
public final class ZkReactiveDiscoveryClient implements ReactiveDiscoveryClient {

    private final ServiceCatalog catalog;
    private final CatalogProbe probe;
    private final ZkDiscoveryProperties properties;

    public ZkReactiveDiscoveryClient(ServiceCatalog catalog, CatalogProbe probe, ZkDiscoveryProperties properties) {
        this.catalog = catalog;
        this.probe = probe;
        this.properties = properties;
    }

    @Override
    public String description() {
        return "Quorate Spring Cloud reactive discovery client";
    }

    @Override
    public Flux<ServiceInstance> getInstances(String serviceId) {
        return Mono.fromFuture(() -> catalog.instancesLater(serviceId), true)
                .flatMapIterable(instances -> instances)
                .filter(instance -> !properties.onlyUp() || instance.instance().up())
                .cast(ServiceInstance.class);
    }

    @Override
    public Flux<String> getServices() {
        return Mono.fromFuture(catalog::servicesLater, true).flatMapIterable(services -> services);
    }

    @Override
    public Mono<Void> reactiveProbe() {
        return Mono.fromRunnable(probe::check);
    }

    @Override
    public int getOrder() {
        return properties.order();
    }
}
