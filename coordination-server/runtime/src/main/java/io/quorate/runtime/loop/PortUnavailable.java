package io.quorate.runtime.loop;

import java.net.InetSocketAddress;

/** The client port cannot be bound: another process has it, or the address is not ours. */
public final class PortUnavailable extends RuntimeException {

    private final transient InetSocketAddress address;

    public PortUnavailable(InetSocketAddress address, Throwable cause) {
        super(
                "cannot listen for clients on " + address.getHostString() + ":" + address.getPort() + ": "
                        + cause.getMessage(),
                cause);
        this.address = address;
    }

    public InetSocketAddress address() {
        return address;
    }
}
