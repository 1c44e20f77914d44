package io.quorate.cloud.zk.loadbalancer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;

/**
 * How many requests this application has sent to each instance and has no answer to yet. The framework does not report
 * the end of a reactive call that is cancelled, by a timeout for instance, so a request counts for a minute at most: an
 * instance must not seem busy for ever. Thread-safe.
 */
public final class SentRequests implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    /** When the requests to each instance began, the oldest first; touched within the map's own operations only. */
    private final Map<String, Deque<Long>> inFlight = new ConcurrentHashMap<>();

    private final AtomicLong cleared;

    public SentRequests() {
        this(System::nanoTime);
    }

    SentRequests(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.cleared = new AtomicLong(nanoTime.getAsLong());
    }

    /** Of this application alone. */
    public int to(ServiceInstance instance) {
        int[] count = new int[1];
        inFlight.computeIfPresent(key(instance), (same, begun) -> {
            Deque<Long> left = recent(begun);
            count[0] = left == null ? 0 : left.size();
            return left;
        });
        return count[0];
    }

    private static String key(ServiceInstance instance) {
        String id = instance.getInstanceId();
        return instance.getServiceId() + "/" + (id == null ? instance.getHost() + ":" + instance.getPort() : id);
    }

    /** Null when nothing is left. */
    private @Nullable Deque<Long> recent(Deque<Long> begun) {
        long now = nanoTime.getAsLong();
        while (!begun.isEmpty() && now - begun.peekFirst() >= LONGEST_NANOS) {
            begun.removeFirst();
        }
        return begun.isEmpty() ? null : begun;
    }

    @Override
    public void onStart(Request<Object> request) {
        // Nobody is chosen yet.
    }

    @Override
    public void onStartRequest(Request<Object> request, Response<ServiceInstance> chosen) {
        clear();
        if (chosen.hasServer()) {
            inFlight.compute(key(chosen.getServer()), (same, begun) -> {
                Deque<Long> all = begun == null ? new ArrayDeque<>() : begun;
                all.addLast(nanoTime.getAsLong());
                return all;
            });
        }
    }

    /** Forgets instances that are gone, of which nobody asks any more. */
    private void clear() {
        long last = cleared.get();
        long now = nanoTime.getAsLong();
        if (now - last >= LONGEST_NANOS && cleared.compareAndSet(last, now)) {
            inFlight.keySet().forEach(key -> inFlight.computeIfPresent(key, (same, begun) -> recent(begun)));
        }
    }

    /** How many instances there is anything to be remembered of. */
    int instances() {
        return inFlight.size();
    }

    @Override
    public void onComplete(CompletionContext<Object, ServiceInstance, Object> completion) {
        @Nullable Response<ServiceInstance> chosen = completion.getLoadBalancerResponse();
        if (completion.status() != CompletionContext.Status.DISCARD && chosen != null && chosen.hasServer()) {
            inFlight.computeIfPresent(key(chosen.getServer()), (same, begun) -> {
                // The youngest, so that what is never reported grows old.
                begun.pollLast();
                return recent(begun);
            });
        }
    }
}
