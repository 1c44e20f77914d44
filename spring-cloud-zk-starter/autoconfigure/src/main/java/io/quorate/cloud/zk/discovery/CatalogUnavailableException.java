package io.quorate.cloud.zk.discovery;

/** What is registered is not known: it was never loaded, or is older than may be served. */
public final class CatalogUnavailableException extends RuntimeException {

    CatalogUnavailableException(String message) {
        super(message);
    }
}
