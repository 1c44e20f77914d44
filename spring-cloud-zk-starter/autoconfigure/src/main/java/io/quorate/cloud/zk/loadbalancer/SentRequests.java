package io.quorate.cloud.zk.loadbalancer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;

/** How many requests this application has sent to each instance and has no answer to yet. Thread-safe. */
public final class SentRequests implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

    private final Map<String, Integer> inFlight = new ConcurrentHashMap<>();

    /** Of this application alone. */
    public int to(ServiceInstance instance) {
        return inFlight.getOrDefault(key(instance), 0);
    }

    private static String key(ServiceInstance instance) {
        String id = instance.getInstanceId();
        return instance.getServiceId() + "/" + (id == null ? instance.getHost() + ":" + instance.getPort() : id);
    }

    @Override
    public void onStart(Request<Object> request) {
        // Nobody is chosen yet.
    }

    @Override
    public void onStartRequest(Request<Object> request, Response<ServiceInstance> chosen) {
        if (chosen.hasServer()) {
            inFlight.merge(key(chosen.getServer()), 1, Integer::sum);
        }
    }

    @Override
    public void onComplete(CompletionContext<Object, ServiceInstance, Object> completion) {
        @Nullable Response<ServiceInstance> chosen = completion.getLoadBalancerResponse();
        if (completion.status() != CompletionContext.Status.DISCARD && chosen != null && chosen.hasServer()) {
            inFlight.computeIfPresent(
                    key(chosen.getServer()), (instance, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
        }
    }
}
