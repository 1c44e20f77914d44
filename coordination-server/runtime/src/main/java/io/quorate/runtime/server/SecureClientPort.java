package io.quorate.runtime.server;

import io.quorate.runtime.tls.TlsOptions;

/**
 * Where clients connect whose connections are encrypted.
 *
 * @param address the port is bound to; {@code 0.0.0.0} for all
 * @param port 0 for any free port, -1 for none of its own
 * @param onPlainPort whether the plain port takes encrypted connections too
 * @param tls how they are encrypted
 */
public record SecureClientPort(String address, int port, boolean onPlainPort, TlsOptions tls) {

    /** Any free loopback port, where clients show certificates. */
    public static SecureClientPort embedded(TlsOptions tls) {
        return new SecureClientPort("127.0.0.1", 0, false, tls);
    }
}
