package io.quorate.cloud.zk.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A server that somebody else runs. */
final class ExternalServer implements ServerUnderTest {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** As the property names it. */
    private final String name;

    private final InetSocketAddress address;

    ExternalServer(String name, InetSocketAddress address) {
        this.name = name;
        this.address = address;
    }

    @Override
    public InetSocketAddress start() {
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MILLIS);
        } catch (IOException refused) {
            throw new IllegalStateException(
                    "Nobody answers at " + name + ", which the system property " + ZkServerProvider.PROPERTY
                            + " names: start a server there, or leave the property away for an embedded one",
                    refused);
        }
        return address;
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("The server at " + name
                + " runs elsewhere, and this test would stop it: run the test with -D" + ZkServerProvider.PROPERTY + "="
                + EmbeddedServerProvider.NAME + " or =" + ApacheZooKeeperProvider.NAME);
    }
}
