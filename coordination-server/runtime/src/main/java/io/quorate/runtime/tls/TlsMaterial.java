package io.quorate.runtime.tls;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the server shows, and whom it believes.
 *
 * @param keys initialised with the server's key and its chain
 * @param trust initialised with who may vouch for clients; null for those whom Java trusts by itself
 */
public record TlsMaterial(KeyManagerFactory keys, @Nullable TrustManagerFactory trust) {}
