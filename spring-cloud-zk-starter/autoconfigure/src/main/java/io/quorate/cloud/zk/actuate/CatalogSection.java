package io.quorate.cloud.zk.actuate;

import io.quorate.cloud.zk.discovery.CatalogStatus;
import io.quorate.cloud.zk.discovery.ServiceCatalog;

/** The services that this application follows, with how many instances each has. */
public final class CatalogSection implements EndpointSection {

    private final ServiceCatalog catalog;

    public CatalogSection(ServiceCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public CatalogStatus content() {
        return catalog.status();
    }
}
