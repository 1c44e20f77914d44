package io.quorate.core.quorum;

/** A name or literal, without brackets, and a port. Names are resolved when they are dialled, never before. */
public record HostPort(String host, int port) {

    /** As configuration files write it: a literal of IPv6 in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
