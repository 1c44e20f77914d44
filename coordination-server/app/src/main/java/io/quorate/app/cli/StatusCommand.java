package io.quorate.app.cli;

import io.quorate.app.failure.ExitCodes;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code status [host][:port]}: asks a running server, or any ZooKeeper, what it is, with the four-letter word
 * {@code srvr}. Exit code 0 when it serves, 1 when not, as {@code zkServer.sh status} has it.
 */
final class StatusCommand implements Command {

    private static final int TIMEOUT_MILLIS = 5000;
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 2181;
    /** A host name, IPv4 address or IPv6 address in brackets, then a port; each may be left out. */
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]*)(?::([0-9]{1,5}))?");

    /** The first byte of a refusal of TLS. */
    private static final char TLS_ALERT = 0x15;

    private static final String NOT_SERVING = "not currently serving requests";
    private static final int MAX_PORT = 65535;

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "[host][:port]  says what a running server is; 127.0.0.1:2181 unless told otherwise";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        String address = arguments.isEmpty() ? "" : arguments.get(0);
        Matcher matcher = ADDRESS.matcher(address);
        int port = matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : DEFAULT_PORT;
        if (arguments.size() > 1 || !matcher.matches() || port > MAX_PORT) {
            err.println("Usage: status [host][:port], for example: status 127.0.0.1:2181");
            return ExitCodes.CONFIGURATION;
        }
        String host = matcher.group(1).isEmpty() ? DEFAULT_HOST : matcher.group(1);
        try {
            return report(host + ":" + port, ask(host, port), out, err);
        } catch (IOException unreachable) {
            err.println("No server answers on " + host + ":" + port + " (" + unreachable.getMessage()
                    + "). Is it started, and is this its client port?");
            return ExitCodes.FAILURE;
        }
    }

    private static int report(String address, String reply, PrintStream out, PrintStream err) {
        if (reply.contains("Mode: ")) {
            out.println("Server on " + address);
            out.print(reply);
            return ExitCodes.NORMAL;
        }
        if (reply.contains(NOT_SERVING)) {
            err.println("The server on " + address
                    + " runs, but serves no requests: it has no quorum, or still loads its data.");
        } else if (reply.isEmpty() || reply.charAt(0) == TLS_ALERT) {
            err.println("What listens on " + address + " does not answer what is not encrypted. If it is a port for"
                    + " encrypted clients, ask the plain one, or the actuator.");
        } else {
            err.println("What answers on " + address + " is not a ZooKeeper-compatible client port.");
        }
        return ExitCodes.FAILURE;
    }

    private static String ask(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
