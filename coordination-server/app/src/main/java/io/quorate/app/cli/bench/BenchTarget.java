package io.quorate.app.cli.bench;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A server or an ensemble to be measured.
 *
 * @param name how tables call it
 * @param servers connections are spread over them
 */
public record BenchTarget(String name, List<InetSocketAddress> servers) {

    private static final int DEFAULT_PORT = 2181;

    /**
     * Reads {@code name=host:port,host:port}; without a name the list is its own name.
     *
     * @throws IllegalArgumentException when it is something else; the message says how it is written
     */
    public static BenchTarget parse(String text) {
        int equals = text.indexOf('=');
        String list = text.substring(equals + 1);
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String server : list.split(",")) {
            servers.add(address(server.trim()));
        }
        return new BenchTarget(equals < 0 ? list : text.substring(0, equals), List.copyOf(servers));
    }

    private static InetSocketAddress address(String server) {
        int colon = server.lastIndexOf(':');
        boolean hasPort = colon >= 0 && !server.endsWith("]");
        String host = hasPort ? server.substring(0, colon) : server;
        InetSocketAddress address;
        try {
            int port = hasPort ? Integer.parseInt(server.substring(colon + 1)) : DEFAULT_PORT;
            address = new InetSocketAddress(host, port);
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException(
                    "\"" + server + "\" is not a server: write host:port, as in 127.0.0.1:2181", invalid);
        }
        if (host.isEmpty() || address.isUnresolved()) {
            throw new IllegalArgumentException("the host of \"" + server + "\" is not known");
        }
        return address;
    }
}
