package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.KitSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both servers take turns on one data directory, each ended by {@code kill -9} or in the orderly way, and each finds
 * the other's tree and sessions to the last byte. {@code -Dnodes=100000} is the long form: so many are written by
 * ZooKeeper first, and a part of them by whoever is next.
 */
final class DataExchangeIT {

    private static final int NODES = Integer.getInteger("nodes", 6000);
    private static final int PART = 8;
    /** So that what is exchanged is several snapshots with logs behind them. */
    private static final int SNAP_COUNT = Math.max(500, NODES / PART);

    private static final List<ServerProgram> TURNS = List.of(
            ServerProgram.ZOOKEEPER,
            ServerProgram.QUORATE,
            ServerProgram.ZOOKEEPER,
            ServerProgram.QUORATE,
            ServerProgram.ZOOKEEPER,
            ServerProgram.QUORATE);

    @TempDir
    Path directory;

    @Test
    void eachReadsWhatTheOtherWroteBeforeItWasKilled(TestReporter report) {
        Figures figures = new Figures(report);
        Map<String, String> left = Map.of();
        List<KitSession> owners = new ArrayList<>();
        try (ServerProcess server = new ServerProcess(directory, SNAP_COUNT)) {
            for (int turn = 0; turn < TURNS.size(); turn++) {
                ServerProgram program = TURNS.get(turn);
                server.start(program);
                try (KitSession reader = open(server)) {
                    Map<String, String> found = TreeWalk.of(reader);
                    if (turn > 0) {
                        requireEqual(left, found, program + " in turn " + turn + "\n" + server.logTail());
                    }
                    owners.replaceAll(owner -> resumed(server, owner));
                    owners.add(write(server, "/turn-" + turn, turn == 0 ? NODES : NODES / PART));
                    left = TreeWalk.of(reader);
                    figures.publish(
                            program + " in turn " + turn, found.size() + " nodes found, " + left.size() + " left");
                }
                assertThat(server.ask("mntr")).contains("zk_digest_mismatches_count\t0");
                end(server, turn);
            }
        }
        owners.forEach(KitSession::drop);
    }

    /** Killed twice, then stopped twice, so that each server takes over from both. */
    private static void end(ServerProcess server, int turn) {
        if (turn / 2 % 2 == 0) {
            server.kill();
        } else {
            server.stop();
        }
    }

    private static KitSession open(ServerProcess server) {
        KitSession session = KitSession.open(
                server.address(), Handshake.newSession().withTimeoutMillis(ServerMain.MAX_SESSION_TIMEOUT_MILLIS));
        session.digest(TreeOfAllKinds.CREDENTIALS).ok();
        return session;
    }

    /** @return the session that owns the ephemeral nodes, still open */
    private static KitSession write(ServerProcess server, String root, int nodes) {
        KitSession owner = open(server);
        new TreeOfAllKinds(owner, root).write(nodes);
        return owner;
    }

    private static KitSession resumed(ServerProcess server, KitSession owner) {
        owner.drop();
        KitSession resumed = KitSession.open(
                server.address(), owner.resumption().withTimeoutMillis(ServerMain.MAX_SESSION_TIMEOUT_MILLIS));
        assertThat(resumed.id()).as("a session of the other server's").isEqualTo(owner.id());
        return resumed;
    }

    private static void requireEqual(Map<String, String> expected, Map<String, String> found, String who) {
        assertThat(found.keySet()).as("paths found by %s", who).isEqualTo(expected.keySet());
        expected.forEach((path, node) ->
                assertThat(found.get(path)).as("%s as found by %s", path, who).isEqualTo(node));
    }
}
