package io.quorate.cloud.zk.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The server's own list of watches by session, which it gives when asked with "wchc". */
final class WatchReport {

    private static final int TIMEOUT_MILLIS = 10_000;

    private WatchReport() {}

    /** How many paths a session watches. */
    static int paths(InetSocketAddress server, long session) {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("wchc".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            String report = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (report.contains("whitelist")) {
                throw new IllegalStateException("The server at " + server
                        + " does not tell its watches: allow it the command wchc (4lw.commands.whitelist)");
            }
            return paths(report, "0x" + Long.toHexString(session));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot ask " + server + " for its watches", failed);
        }
    }

    /** A line for each session, each followed by indented lines for its paths. */
    private static int paths(String report, String session) {
        int count = 0;
        boolean within = false;
        for (String line : List.of(report.split("\n"))) {
            if (!line.startsWith("\t")) {
                within = line.trim().equals(session);
            } else if (within) {
                count++;
            }
        }
        return count;
    }
}
