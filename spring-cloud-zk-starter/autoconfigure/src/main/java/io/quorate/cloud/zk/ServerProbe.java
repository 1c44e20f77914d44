package io.quorate.cloud.zk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.stream.Collectors;
import org.apache.zookeeper.client.ConnectStringParser;

/** Finds out why there is no connection, which the client itself does not tell. */
final class ServerProbe {

    private static final int TIMEOUT_MILLIS = 500;

    private ServerProbe() {}

    /** What is wrong with each server, for people. Takes at most half a second for each. */
    static String describe(String connectString) {
        return new ConnectStringParser(connectString)
                .getServerAddresses().stream()
                        .map(server -> server.getHostString() + ":" + server.getPort() + " " + finding(server))
                        .collect(Collectors.joining(", "));
    }

    private static String finding(InetSocketAddress server) {
        InetSocketAddress address = new InetSocketAddress(server.getHostString(), server.getPort());
        if (address.isUnresolved()) {
            return "is not known to name resolution";
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MILLIS);
            return "takes connections but opens no session (no quorum, encryption expected, or another service)";
        } catch (IOException failed) {
            return "cannot be reached (" + failed.getMessage() + ")";
        }
    }
}
