package io.quorate.simulation.server;

import io.quorate.simulation.client.Transport;
import java.util.List;

/** The network between clients and all servers. */
public final class ClientNetwork implements Transport {

    private final List<SimClientLinks> servers;

    public ClientNetwork(List<SimClientLinks> servers) {
        this.servers = List.copyOf(servers);
    }

    @Override
    public int servers() {
        return servers.size();
    }

    @Override
    public Connection connect(int server, String address, Peer peer) {
        return servers.get(server).connect(address, peer);
    }
}
