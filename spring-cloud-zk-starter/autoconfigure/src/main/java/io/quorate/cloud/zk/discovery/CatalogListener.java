package io.quorate.cloud.zk.discovery;

/** Hears of changes of the catalog. */
@FunctionalInterface
public interface CatalogListener {

    /**
     * Called on the starter's scheduler, one change after another, once look-ups answer with the new content.
     *
     * @param service whose instances have changed; empty when the list of services has
     */
    void changed(String service);
}
