package io.quorate.core.replica;

import io.quorate.core.base.NodePath;
import io.quorate.core.port.ConnectionView;
import io.quorate.core.request.ClientSide;
import io.quorate.core.request.ServerState;
import io.quorate.core.session.Session;
import io.quorate.core.watch.WatchCounts;
import io.quorate.core.watch.WatchKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators may look into beyond the status: connections, sessions, watches. Read on the replica thread only. */
public final class AdminView {

    /** @param expiresAtMillis wall clock, milliseconds since 1970 */
    public record SessionView(long id, int timeoutMillis, long expiresAtMillis, List<String> ephemerals) {}

    /** @param registrations data watches, as the four-letter words count them */
    public record WatchSummary(int connections, int paths, int registrations) {}

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ServerState state;
    /** Null while nobody is served. */
    private final @Nullable ClientSide clients;

    AdminView(ServerState state, @Nullable ClientSide clients) {
        this.state = state;
        this.clients = clients;
    }

    /** In the order of opening. */
    public List<ConnectionView> connections() {
        return clients == null ? List.of() : clients.connections();
    }

    public void resetConnectionStatistics() {
        if (clients != null) {
            clients.resetConnectionStatistics();
        }
    }

    /** In the order of their ids. */
    public List<SessionView> sessions() {
        List<SessionView> views = new ArrayList<>();
        for (Session session : state.sessions().inIdOrder()) {
            List<String> ephemerals = new ArrayList<>();
            for (NodePath path : state.tree().ephemeralsOf(session.id())) {
                ephemerals.add(path.toString());
            }
            views.add(new SessionView(session.id(), session.timeoutMillis(), expiryMillis(session), ephemerals));
        }
        return views;
    }

    private long expiryMillis(Session session) {
        long remainingNanos =
                state.expiry().expiresAtNanos(session) - state.time().nanos();
        return state.time().epochMillis() + remainingNanos / NANOS_PER_MILLI;
    }

    /** Data watches only: that is what the four-letter words report (operations 2.2). */
    public WatchSummary dataWatchSummary() {
        WatchCounts counts = state.watches().counts(WatchKind.DATA);
        return new WatchSummary(counts.links(), counts.paths(), counts.watches());
    }

    /** Paths with data watches, by the session that watches. */
    public Map<Long, List<String>> dataWatchesBySession() {
        Map<Long, List<String>> bySession = new LinkedHashMap<>();
        state.watches()
                .forEachByLink(
                        WatchKind.DATA,
                        (link, path) -> bySession
                                .computeIfAbsent(sessionOf(link), session -> new ArrayList<>())
                                .add(path.toString()));
        return bySession;
    }

    /** Sessions with data watches, by the path that they watch. */
    public Map<String, List<Long>> dataWatchesByPath() {
        Map<String, List<Long>> byPath = new LinkedHashMap<>();
        state.watches()
                .forEachByPath(
                        WatchKind.DATA,
                        (link, path) -> byPath.computeIfAbsent(path.toString(), text -> new ArrayList<>())
                                .add(sessionOf(link)));
        return byPath;
    }

    private long sessionOf(long link) {
        return clients == null ? 0 : clients.sessionOf(link);
    }
}
