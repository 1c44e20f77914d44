package io.quorate.runtime.loop;

import io.quorate.runtime.tls.TlsOptions;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where clients are taken.
 *
 * @param plain where connections are plain; null for nowhere
 * @param secure how connections are encrypted, and where; null for nowhere
 * @param backlog connections the system may queue for accept; -1 for its default
 */
public record ClientPorts(
        @Nullable InetSocketAddress plain, @Nullable Secure secure, int backlog) {

    /**
     * @param address where every connection is encrypted; null for nowhere
     * @param onPlainPort whether the plain port takes encrypted connections too, telling them by their first byte
     */
    public record Secure(@Nullable InetSocketAddress address, boolean onPlainPort, TlsOptions tls) {}

    /** @throws IllegalArgumentException when clients are taken nowhere */
    public ClientPorts {
        if (plain == null && (secure == null || secure.address() == null)) {
            throw new IllegalArgumentException("a server needs a port for clients, plain or secure");
        }
    }

    /** What was bound. */
    public record Bound(
            @Nullable InetSocketAddress plain, @Nullable InetSocketAddress secure) {}
}
