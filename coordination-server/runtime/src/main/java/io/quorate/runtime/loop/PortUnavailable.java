package io.quorate.runtime.loop;

import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;

/** A port of the server cannot be bound: another process has it, or the address is not ours. */
public final class PortUnavailable extends RuntimeException {

    /** The ports of a server, as messages name them, and by what they are configured. */
    public enum Port {
        CLIENT("clients", "coordination.client-port"),
        SECURE("clients that encrypt", "coordination.secure-client-port"),
        ELECTION("elections", "the second port of this server in coordination.servers"),
        QUORUM("other members", "the first port of this server in coordination.servers");

        private final String whom;
        private final String setting;

        Port(String whom, String setting) {
            this.whom = whom;
            this.setting = setting;
        }

        /** For whom the server listens there. */
        public String whom() {
            return whom;
        }

        /** What to change for another port. */
        public String setting() {
            return setting;
        }
    }

    private final Port port;
    private final transient InetSocketAddress address;

    public PortUnavailable(Port port, InetSocketAddress address, Throwable cause) {
        super(
                "cannot listen for " + port.whom() + " on " + address.getHostString() + ":" + address.getPort() + ": "
                        + reason(cause),
                cause);
        this.port = port;
        this.address = address;
    }

    private static String reason(Throwable cause) {
        if (cause instanceof UnresolvedAddressException) {
            return "the name does not resolve to an address";
        }
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }

    public Port port() {
        return port;
    }

    public InetSocketAddress address() {
        return address;
    }
}
