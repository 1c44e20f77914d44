package io.quorate.cloud.zk.loadbalancer;

import io.quorate.cloud.zk.discovery.ZkServiceInstance;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.loadbalancer.core.DelegatingServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/** Leaves out instances that are registered here and not up. Those of other discovery clients pass. */
final class StatusFilter extends DelegatingServiceInstanceListSupplier {

    StatusFilter(ServiceInstanceListSupplier delegate) {
        super(delegate);
    }

    /** Whether a supplier has this filter somewhere inside. */
    static boolean isIn(ServiceInstanceListSupplier supplier) {
        ServiceInstanceListSupplier inner = supplier;
        while (inner instanceof DelegatingServiceInstanceListSupplier delegating && !(inner instanceof StatusFilter)) {
            inner = delegating.getDelegate();
        }
        return inner instanceof StatusFilter;
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return delegate.get().map(StatusFilter::callable);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface declares it.
    public Flux<List<ServiceInstance>> get(Request request) {
        return delegate.get(request).map(StatusFilter::callable);
    }

    private static List<ServiceInstance> callable(List<ServiceInstance> instances) {
        return instances.stream()
                .filter(instance -> !(instance instanceof ZkServiceInstance ours)
                        || ours.instance().up())
                .toList();
    }
}
