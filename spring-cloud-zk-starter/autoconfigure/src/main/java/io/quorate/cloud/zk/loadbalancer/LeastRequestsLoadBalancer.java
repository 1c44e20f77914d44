package io.quorate.cloud.zk.loadbalancer;

import io.quorate.cloud.zk.discovery.PublishedLoad;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.discovery.ZkServiceInstance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.SelectedInstanceCallback;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Mono;

/**
 * Chooses the instance with the fewest requests in flight: those that it published, and those that this application has
 * sent since. What is published is up to a second old and includes some of the latter; counting them twice is what
 * keeps one application from sending everything of that second to one instance. Among equals chance decides, so that
 * applications which know the same do not do the same. An instance that publishes nothing counts as idle but for this
 * application's own requests.
 */
final class LeastRequestsLoadBalancer implements ReactorServiceInstanceLoadBalancer {

    private final ObjectProvider<ServiceInstanceListSupplier> suppliers;
    private final String service;
    private final ServiceCatalog catalog;
    private final SentRequests sent;

    LeastRequestsLoadBalancer(
            ObjectProvider<ServiceInstanceListSupplier> suppliers,
            String service,
            ServiceCatalog catalog,
            SentRequests sent) {
        this.suppliers = suppliers;
        this.service = service;
        this.catalog = catalog;
        this.sent = sent;
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface declares it.
    public Mono<Response<ServiceInstance>> choose(Request request) {
        ServiceInstanceListSupplier supplier = suppliers.getIfAvailable();
        if (supplier == null) {
            return Mono.just(new EmptyResponse());
        }
        return supplier.get(request).next().map(instances -> chosen(supplier, instances));
    }

    private Response<ServiceInstance> chosen(ServiceInstanceListSupplier supplier, List<ServiceInstance> instances) {
        if (instances.isEmpty()) {
            return new EmptyResponse();
        }
        ServiceInstance least = least(instances);
        if (supplier instanceof SelectedInstanceCallback callback) {
            callback.selectedServiceInstance(least);
        }
        return new DefaultResponse(least);
    }

    private ServiceInstance least(List<ServiceInstance> instances) {
        Map<String, ZkServiceInstance> latest = new HashMap<>();
        catalog.known(service).forEach(instance -> latest.put(instance.getInstanceId(), instance));
        int offset = ThreadLocalRandom.current().nextInt(instances.size());
        ServiceInstance least = instances.get(offset);
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < instances.size(); i++) {
            ServiceInstance candidate = instances.get((offset + i) % instances.size());
            ServiceInstance known = latest.get(candidate.getInstanceId());
            int own = sent.to(candidate);
            // Whoever may register may publish any number.
            long load =
                    Math.min(PublishedLoad.of(known == null ? candidate : known).orElse(0), Long.MAX_VALUE - own) + own;
            if (load < fewest) {
                fewest = load;
                least = candidate;
            }
        }
        return least;
    }
}
