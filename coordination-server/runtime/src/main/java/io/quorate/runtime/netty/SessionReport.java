package io.quorate.runtime.netty;

import io.quorate.core.replica.AdminView.SessionView;
import io.quorate.core.replica.EnsembleStatus;
import io.quorate.core.replica.Replica;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code dump}: sessions by the moment they expire, and who owns which ephemerals. A learner does not know when a
 * session expires, which its leader decides.
 */
final class SessionReport {

    private SessionReport() {}

    static String render(Replica replica) {
        EnsembleStatus ensemble = replica.status().ensemble();
        List<SessionView> sessions = replica.admin().sessions();
        StringBuilder out = new StringBuilder("SessionTracker dump:\n");
        if (ensemble == null || ensemble.leading() != null) {
            appendByExpiry(out, sessions);
        } else {
            out.append("Global Sessions(").append(sessions.size()).append("):\n");
            sessions.forEach(session -> out.append(hex(session.id()))
                    .append('\t')
                    .append(session.timeoutMillis())
                    .append("ms\n"));
        }
        appendEphemerals(out, sessions);
        return out.append("Connections dump:\n").toString();
    }

    private static void appendByExpiry(StringBuilder out, List<SessionView> sessions) {
        Map<Long, List<SessionView>> byExpiry = new TreeMap<>();
        for (SessionView session : sessions) {
            byExpiry.computeIfAbsent(session.expiresAtMillis(), expiry -> new ArrayList<>())
                    .add(session);
        }
        out.append("Session Sets (")
                .append(byExpiry.size())
                .append(")/(")
                .append(sessions.size())
                .append("):\n");
        byExpiry.forEach((expiry, bucket) -> {
            out.append(bucket.size())
                    .append(" expire at ")
                    .append(new Date(expiry))
                    .append(":\n");
            bucket.forEach(session -> out.append('\t').append(hex(session.id())).append('\n'));
        });
    }

    private static void appendEphemerals(StringBuilder out, List<SessionView> sessions) {
        List<SessionView> owners = sessions.stream()
                .filter(session -> !session.ephemerals().isEmpty())
                .toList();
        out.append("ephemeral nodes dump:\nSessions with Ephemerals (")
                .append(owners.size())
                .append("):\n");
        for (SessionView owner : owners) {
            out.append(hex(owner.id())).append(":\n");
            owner.ephemerals().forEach(path -> out.append('\t').append(path).append('\n'));
        }
    }

    private static String hex(long session) {
        return "0x" + Long.toHexString(session);
    }
}
