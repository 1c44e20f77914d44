package io.quorate.runtime.tls;

/** Keys that are configured cannot be used. The message says which, and why; it holds no secret. */
public final class TlsKeysUnusable extends RuntimeException {

    public TlsKeysUnusable(String message) {
        super(message);
    }

    public TlsKeysUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
