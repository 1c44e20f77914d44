package io.quorate.cloud.zk.loadbalancer;

import io.quorate.cloud.zk.discovery.CatalogListener;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cloud.loadbalancer.core.CachingServiceInstanceListSupplier;

/** Makes the framework's balancer forget its list of a service as soon as the service has changed. */
public final class CacheEviction implements CatalogListener {

    private final Supplier<@Nullable CacheManager> caches;

    /** @param caches those of the balancer, asked for at every change; null when it has none */
    public CacheEviction(Supplier<@Nullable CacheManager> caches) {
        this.caches = caches;
    }

    @Override
    public void changed(String service) {
        CacheManager manager = caches.get();
        Cache cache = manager == null
                ? null
                : manager.getCache(CachingServiceInstanceListSupplier.SERVICE_INSTANCE_CACHE_NAME);
        if (cache != null) {
            cache.evict(service);
        }
    }
}
