package io.quorate.runtime.netty;

import io.quorate.core.replica.AdminView;
import io.quorate.core.replica.AdminView.SessionView;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code dump}: sessions by the moment they expire, and who owns which ephemerals. */
final class SessionReport {

    private SessionReport() {}

    static String render(AdminView admin) {
        List<SessionView> sessions = admin.sessions();
        StringBuilder out = new StringBuilder("SessionTracker dump:\n");
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
        appendEphemerals(out, sessions);
        return out.append("Connections dump:\n").toString();
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
