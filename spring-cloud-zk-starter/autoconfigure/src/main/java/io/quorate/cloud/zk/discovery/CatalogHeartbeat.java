package io.quorate.cloud.zk.discovery;

import io.quorate.cloud.zk.ZkEvents;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;

/**
 * Publishes a {@link HeartbeatEvent} after every change of the catalog, whose value differs from the one before if and
 * only if the catalog does. Comes last among the catalog's listeners, when caches have let go of what is out of date.
 * Listeners of the application look services up, which the catalog must go on answering meanwhile: they are called on
 * another thread than its own.
 */
public final class CatalogHeartbeat implements SmartInitializingSingleton, AutoCloseable {

    private final ServiceCatalog catalog;
    private final ZkEvents events;
    /** Used in the catalog's lane. */
    private String published = "";

    /** @param events closed with this */
    public CatalogHeartbeat(ServiceCatalog catalog, ZkEvents events) {
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
            events.publish(new HeartbeatEvent(this, digest));
        }
    }

    @Override
    public void close() {
        events.close();
    }
}
