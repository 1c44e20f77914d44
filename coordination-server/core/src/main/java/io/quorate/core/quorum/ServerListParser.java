package io.quorate.core.quorum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code server.N}: addresses, role and client address of one member (quorum protocol 1.1). Names are
 * taken as they are written; nobody resolves them here.
 */
public final class ServerListParser {

    /** Where a server accepts clients when the list names a port only. */
    static final String ANY_HOST = "0.0.0.0";

    private static final String FORM =
            "Write host:quorumPort:electionPort, for example 10.0.0.1:2888:3888, optionally followed by :participant or"
                    + " :observer and by ;clientPort or ;clientHost:clientPort; an IPv6 literal goes in brackets.";
    private static final int FIELDS_WITHOUT_ROLE = 3;
    private static final int FIELDS_WITH_ROLE = 4;
    private static final int LONGEST_HOST = 255;
    private static final int HIGHEST_PORT = 65_535;

    private final String where;

    private ServerListParser(long id) {
        this.where = "server " + id;
    }

    /**
     * Reads the description of one member.
     *
     * @param severalAddresses whether a member may have more addresses than one, joined by a vertical bar
     * @throws InvalidMembership when the value does not follow the grammar
     */
    public static PeerServer parse(long id, String value, boolean severalAddresses) {
        return new ServerListParser(id).server(id, value.trim(), severalAddresses);
    }

    private PeerServer server(long id, String value, boolean severalAddresses) {
        List<String> halves = split(value, ';');
        if (value.isEmpty() || halves.size() > 2) {
            throw malformed(value.isEmpty() ? "has no address" : "has more than one ';' in '" + value + "'");
        }
        List<String> written = split(halves.get(0), '|');
        if (written.size() > 1 && !severalAddresses) {
            throw new InvalidMembership(
                    where + " has " + written.size() + " addresses in '" + value + "'",
                    "Name one address only: this version dials one per member.");
        }
        List<PeerServer.PeerAddress> addresses = new ArrayList<>();
        Boolean observer = null;
        for (String text : written) {
            List<String> fields = fields(text);
            addresses.add(address(text, fields));
            observer = agreed(observer, fields, value);
        }
        addresses.sort(Comparator.comparing(PeerServer.PeerAddress::host));
        HostPort client = halves.size() == 2 ? client(halves.get(1)) : null;
        return new PeerServer(id, List.copyOf(addresses), Boolean.TRUE.equals(observer), client);
    }

    /** The role, which addresses may name and must not disagree on; null while none has named it. */
    private @Nullable Boolean agreed(@Nullable Boolean before, List<String> fields, String value) {
        Boolean role = fields.size() == FIELDS_WITH_ROLE ? isObserver(fields.get(FIELDS_WITH_ROLE - 1)) : null;
        if (before != null && role != null && !role.equals(before)) {
            throw malformed("is participant and observer at once in '" + value + "'");
        }
        return role == null ? before : role;
    }

    private PeerServer.PeerAddress address(String text, List<String> fields) {
        if (fields.size() != FIELDS_WITHOUT_ROLE && fields.size() != FIELDS_WITH_ROLE) {
            throw malformed("has an address of " + fields.size() + " fields, '" + text + "', in place of 3 or 4");
        }
        String host = host(fields.get(0), text);
        int quorumPort = port(fields.get(1), "quorum port");
        int electionPort = port(fields.get(2), "election port");
        if (quorumPort == electionPort) {
            throw new InvalidMembership(
                    where + " has " + quorumPort + " for its quorum port and for its election port in '" + text + "'",
                    "Give the two ports different numbers, for example 2888 and 3888.");
        }
        return new PeerServer.PeerAddress(host, quorumPort, electionPort);
    }

    private HostPort client(String text) {
        List<String> fields = fields(text);
        if (fields.size() > 2) {
            throw malformed("has a client address of " + fields.size() + " fields, '" + text + "', in place of 1 or 2");
        }
        String host = fields.size() == 2 ? host(fields.get(0), text) : ANY_HOST;
        return new HostPort(host, port(fields.get(fields.size() - 1), "client port"));
    }

    private boolean isObserver(String role) {
        return switch (role.trim().toLowerCase(Locale.ROOT)) {
            case "observer" -> true;
            case "participant" -> false;
            default -> throw malformed("has the role '" + role + "', which is neither participant nor observer");
        };
    }

    private static boolean isHost(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isHostUnit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private String host(String host, String text) {
        if (host.isEmpty() || host.length() > LONGEST_HOST || !isHost(host)) {
            throw malformed("has no usable host in '" + text + "'");
        }
        return host;
    }

    /** Whatever cannot break the text of a membership; whether the name exists is found out when it is dialled. */
    private static boolean isHostUnit(int unit) {
        return unit > ' ' && unit != 0x7f && "\\=#!|;[]/,".indexOf(unit) < 0;
    }

    private int port(String digits, String what) {
        int port = 0;
        boolean number = !digits.isEmpty() && digits.length() <= 5;
        for (int i = 0; number && i < digits.length(); i++) {
            number = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
            port = 10 * port + digits.charAt(i) - '0';
        }
        if (!number || port < 1 || port > HIGHEST_PORT) {
            throw malformed("has '" + digits + "' for its " + what + ", which is no number from 1 to 65535");
        }
        return port;
    }

    /** The parts between colons, except for those inside brackets, which are taken off. */
    private List<String> fields(String text) {
        if (!text.startsWith("[")) {
            return split(text, ':');
        }
        int close = text.indexOf(']');
        if (close < 0 || close + 1 < text.length() && text.charAt(close + 1) != ':') {
            throw malformed("has a bracket without its counterpart in '" + text + "'");
        }
        List<String> fields = new ArrayList<>();
        fields.add(text.substring(1, close));
        if (close + 1 < text.length()) {
            fields.addAll(split(text.substring(close + 2), ':'));
        }
        return fields;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
            parts.add(text.substring(from, to));
            from = to + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    private InvalidMembership malformed(String problem) {
        return new InvalidMembership(where + " " + problem, FORM);
    }

    /** The number behind the first dot of a key such as {@code server.1}; null when there is none. */
    static @Nullable Long numberOf(String key) {
        return number(key.substring(key.indexOf('.') + 1));
    }

    /** A number as it is written in keys and group lists; null where the text is none. */
    static @Nullable Long number(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
