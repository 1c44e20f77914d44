package io.quorate.runtime.loop;

import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;

/** The client port cannot be bound: another process has it, or the address is not ours. */
public final class PortUnavailable extends RuntimeException {

    private final transient InetSocketAddress address;

    public PortUnavailable(InetSocketAddress address, Throwable cause) {
        super(
                "cannot listen for clients on " + address.getHostString() + ":" + address.getPort() + ": "
                        + reason(cause),
                cause);
        this.address = address;
    }

    private static String reason(Throwable cause) {
        if (cause instanceof UnresolvedAddressException) {
            return "the name does not resolve to an address";
        }
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }

    public InetSocketAddress address() {
        return address;
    }
}
