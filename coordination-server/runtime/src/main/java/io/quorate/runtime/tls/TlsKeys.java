package io.quorate.runtime.tls;

/** Where the keys come from, and whether there are new ones. Asked by one thread at a time. */
public interface TlsKeys {

    /**
     * The keys as they are now. May read files.
     *
     * @return the same object as long as nothing has changed
     * @throws TlsKeysUnusable when there are keys that cannot be used; earlier ones go on being used then
     */
    TlsMaterial current();
}
