package io.quorate.core.port;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a client before it says anything.
 *
 * @param address the peer's address without port, as {@code java.net} prints it
 * @param certificateSubject whose certificate the client has proved to hold, as RFC 2253 writes the name; null where
 *     the connection is not encrypted or the client has shown none
 */
public record ClientOrigin(String address, @Nullable String certificateSubject) {

    /** A client that is known by its address alone. */
    public static ClientOrigin of(String address) {
        return new ClientOrigin(address, null);
    }
}
