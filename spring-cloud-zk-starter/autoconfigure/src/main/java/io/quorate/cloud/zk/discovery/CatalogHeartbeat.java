package io.quorate.cloud.zk.discovery;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes a {@link HeartbeatEvent} after every change of the catalog, whose value differs from the one before if and
 * only if the catalog does. Comes last among the catalog's listeners, when caches have let go of what is out of date.
 */
public final class CatalogHeartbeat implements SmartInitializingSingleton {

    private final ServiceCatalog catalog;
    private final ApplicationEventPublisher events;
    /** Used in the catalog's lane. */
    private String published = "";

    public CatalogHeartbeat(ServiceCatalog catalog, ApplicationEventPublisher events) {
        this.catalog = catalog;
        this.events = events;
    }

    @Override
    public void afterSingletonsInstantiated() {
        catalog.addListener(service -> publish());
    }

    private void publish() {
        String digest = catalog.digest();
        if (!digest.equals(published)) {
            published = digest;
            events.publishEvent(new HeartbeatEvent(this, digest));
        }
    }
}
