package io.quorate.cloud.zk.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An import, parsed: {@code [servers][/context;/context]}, behind its prefix and an optional {@code //}. Servers are
 * {@code host[:port]} separated by bars, since a comma would separate imports; an IPv6 address stands in brackets.
 *
 * @param servers the connect string, if servers are named
 * @param contexts explicit contexts as absolute paths, a later one wins; empty if they follow from name and profiles
 */
record ZkConfigLocation(Optional<String> servers, List<String> contexts) {

    private static final int DEFAULT_PORT = 2181;
    private static final int MAX_PORT = 65535;

    /**
     * Parses an import.
     *
     * @param written the import as it was written, for messages
     * @param value what stands behind the prefix
     * @throws MalformedImportException if it does not follow the grammar
     */
    static ZkConfigLocation parse(String written, String value) {
        String rest = value.startsWith("//") ? value.substring(2) : value;
        int slash = rest.indexOf('/');
        String servers = slash < 0 ? rest : rest.substring(0, slash);
        String contexts = slash < 0 ? "" : rest.substring(slash);
        return new ZkConfigLocation(servers(written, servers), contexts(written, contexts));
    }

    private static Optional<String> servers(String written, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        List<String> servers = new ArrayList<>();
        for (String server : text.split("[|,]", -1)) {
            servers.add(server(written, server.strip()));
        }
        return Optional.of(String.join(",", servers));
    }

    private static String server(String written, String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        if (text.startsWith("[") && end == 0) {
            throw new MalformedImportException(written, "'" + text + "' lacks the closing bracket of its address");
        }
        String host = end < 0 ? text : text.substring(0, end);
        String behind = text.substring(host.length());
        if (host.isEmpty() || host.chars().anyMatch(c -> Character.isWhitespace(c) || c == ';' || c == '@')) {
            throw new MalformedImportException(written, "'" + text + "' is not a server; write host:port");
        }
        return host + ":" + port(written, text, behind);
    }

    private static int port(String written, String server, String text) {
        if (text.isEmpty()) {
            return DEFAULT_PORT;
        }
        if (text.matches(":\\d{1,5}")) {
            int port = Integer.parseInt(text.substring(1));
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        }
        throw new MalformedImportException(
                written, "the port of '" + server + "' is not a number from 1 to " + MAX_PORT);
    }

    private static List<String> contexts(String written, String text) {
        List<String> contexts = new ArrayList<>();
        if (text.isEmpty() || text.equals("/")) {
            return contexts;
        }
        for (String context : text.split(";", -1)) {
            String path = context.strip();
            if (path.isEmpty() || path.equals("/") || path.contains("//")) {
                throw new MalformedImportException(
                        written, "a context between semicolons is empty or has an empty level; write /a/b;/c");
            }
            contexts.add(path.startsWith("/") ? path : "/" + path);
        }
        return List.copyOf(contexts);
    }
}
