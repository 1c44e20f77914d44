package io.quorate.core.quorum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A membership as text, in the syntax of Java's property files (quorum protocol 1.4). Written with members in ascending
 * order; read in any order. Used once.
 */
final class MembershipText {

    private static final String SERVER = "server.";
    private static final String GROUP = "group";
    private static final String WEIGHT = "weight";
    private static final String VERSION = "version";
    private static final int HEX = 16;
    private static final int LONGEST_SHOWN = 80;

    private final List<PeerServer> servers = new ArrayList<>();
    private final NavigableMap<Long, List<Long>> groups = new TreeMap<>();
    private final NavigableMap<Long, Long> weights = new TreeMap<>();
    /** Keys seen so far: the second of two equal ones would silently win. */
    private final NavigableSet<String> keys = new TreeSet<>();

    private long version;

    static String render(Membership membership) {
        StringBuilder text = new StringBuilder();
        for (PeerServer server : membership.servers()) {
            line(text, SERVER + server.id(), server.text());
        }
        Hierarchy hierarchy = membership.hierarchy();
        if (hierarchy != null) {
            for (Map.Entry<Long, List<Long>> group : hierarchy.groups().entrySet()) {
                line(text, GROUP + "." + group.getKey(), joined(group.getValue()));
            }
            for (Long voter : membership.voters()) {
                line(text, WEIGHT + "." + voter, Long.toString(hierarchy.weight(voter)));
            }
        }
        return text.append(VERSION)
                .append('=')
                .append(Long.toHexString(membership.version()))
                .toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append('=').append(value).append('\n');
    }

    private static String joined(List<Long> ids) {
        StringJoiner joined = new StringJoiner(":");
        ids.forEach(id -> joined.add(id.toString()));
        return joined.toString();
    }

    Membership parse(String text) {
        for (String line : text.split("[\n\r]")) {
            String stripped = line.strip();
            if (!stripped.isEmpty() && stripped.charAt(0) != '#' && stripped.charAt(0) != '!') {
                entry(stripped);
            }
        }
        Hierarchy hierarchy = groups.isEmpty() && weights.isEmpty() ? null : new Hierarchy(groups, weights);
        return Membership.of(version, servers, hierarchy);
    }

    private void entry(String line) {
        int end = 0;
        while (end < line.length() && "=: \t".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        String key = line.substring(0, end);
        String value =
                line.substring(end).replaceFirst("^[ \t]*[=:]?[ \t]*", "").replace("\\", "");
        if (!keys.add(key)) {
            throw malformed("has the key '" + key + "' twice");
        }
        if (key.equals(VERSION)) {
            version = version(value);
        } else if (key.startsWith(SERVER)) {
            servers.add(ServerListParser.parse(number(key), value, true));
        } else if (key.startsWith(GROUP)) {
            groups.put(number(key), Hierarchy.parseGroup(number(key), value));
        } else if (key.startsWith(WEIGHT)) {
            weights.put(number(key), Hierarchy.parseWeight(number(key), value));
        } else {
            throw malformed("has the unknown key '" + shown(key) + "'");
        }
    }

    private static long number(String key) {
        Long number = ServerListParser.numberOf(key);
        if (number == null) {
            throw malformed("has the key '" + shown(key) + "', whose number is missing");
        }
        return number;
    }

    private static long version(String hex) {
        try {
            return Long.parseLong(hex, HEX);
        } catch (NumberFormatException e) {
            throw malformed("has the version '" + shown(hex) + "', which is no hexadecimal number");
        }
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    private static InvalidMembership malformed(String problem) {
        return new InvalidMembership(
                "a description of the ensemble " + problem,
                "It may hold server.N, group.G, weight.N and version, each once.");
    }
}
