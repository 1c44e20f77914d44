package io.quorate.runtime.proof;

import static io.quorate.runtime.proof.ServerProgram.QUORATE;
import static io.quorate.runtime.proof.ServerProgram.ZOOKEEPER;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Voters and observers of both kinds take every sort of write, from clients of each of them, and stay equal: no member
 * finds a digest that differs from its leader's.
 */
final class MixedSoakIT {

    private static final int VOTERS = 3;
    private static final int OBSERVERS = 2;
    private static final int MEMBERS = VOTERS + OBSERVERS;
    private static final int NODES = 240;
    private static final int SHORT_TIMEOUT_MILLIS = 4000;

    @TempDir
    Path directory;

    @Test
    @DisplayName("10.61 10.15 10.57 10.59 10.55 10.56 one of ours leads")
    void oursLeads() throws Exception {
        soak(QUORATE);
    }

    @Test
    @DisplayName("10.61 10.15 10.57 10.59 10.55 10.56 one of ZooKeeper's leads")
    void theirsLeads() throws Exception {
        soak(ZOOKEEPER);
    }

    private void soak(ServerProgram leader) throws Exception {
        try (MemberProcesses members = new MemberProcesses(directory, VOTERS, OBSERVERS)) {
            members.startAll(ZOOKEEPER, QUORATE, leader, QUORATE, ZOOKEEPER);
            assertThat(List.of(members.mode(4), members.mode(5))).containsOnly("observer");
            try (KitSession setUp = members.open(1);
                    WriteLoad load = new WriteLoad(members.connectString(), 3, setUp)) {
                load.start();
                List<KitSession> owners = new ArrayList<>();
                for (int id = 1; id <= MEMBERS; id++) {
                    KitSession owner = members.open(id);
                    owners.add(owner);
                    new TreeOfAllKinds(owner, "/kinds-" + id).write(NODES);
                }
                syncsShowEverything(members, setUp);
                silentSessionsExpire(members, setUp);
                emptyContainersAndOldNodesGo(members, setUp);
                for (int id = 1; id <= MEMBERS; id += 2) {
                    owners.get(id - 1).closeSession().ok();
                }
                load.awaitMore(members.member(1), 10);
                load.stop();
                for (int id = 1; id <= MEMBERS; id++) {
                    load.check(members, id);
                }
                members.requireEqual();
                members.requireNoDigestMismatch();
                owners.forEach(KitSession::drop);
            }
        }
    }

    /** What was answered on one member is seen on each other one behind a sync. */
    private static void syncsShowEverything(MemberProcesses members, KitSession writer) {
        List<KitSession> readers = new ArrayList<>();
        for (int id = 1; id <= MEMBERS; id++) {
            readers.add(members.open(id));
        }
        writer.create("/seen").ok();
        for (int i = 0; i < 20; i++) {
            writer.setData("/seen", "v" + i).ok();
            for (KitSession reader : readers) {
                reader.send(Op.SYNC, Bodies.path("/seen"));
                reader.send(Op.GET_DATA, Bodies.read("/seen", false));
                reader.receive().ok();
                assertThat(reader.receive().data().text()).isEqualTo("v" + i);
            }
        }
        readers.forEach(reader -> reader.closeSession().ok());
    }

    private static void silentSessionsExpire(MemberProcesses members, KitSession watcher) {
        for (int id = 1; id <= MEMBERS; id++) {
            KitSession silent = KitSession.open(
                    members.member(id).address(), Handshake.newSession().withTimeoutMillis(SHORT_TIMEOUT_MILLIS));
            silent.create("/silent-" + id, Flags.EPHEMERAL).ok();
        }
        for (int id = 1; id <= MEMBERS; id++) {
            awaitGone(members, watcher, "/silent-" + id);
        }
    }

    private static void emptyContainersAndOldNodesGo(MemberProcesses members, KitSession watcher) {
        for (int id = 1; id <= MEMBERS; id++) {
            KitSession session = members.open(id);
            String container = "/container-" + id;
            session.call(Op.CREATE_CONTAINER, Bodies.create(container, null, Acl.OPEN, Flags.CONTAINER))
                    .ok();
            session.create(container + "/child").ok();
            session.delete(container + "/child").ok();
            session.call(Op.CREATE_TTL, Bodies.createTtl("/old-" + id, null, Acl.OPEN, Flags.PERSISTENT_WITH_TTL, 500))
                    .ok();
            session.closeSession().ok();
        }
        for (int id = 1; id <= MEMBERS; id++) {
            awaitGone(members, watcher, "/container-" + id);
            awaitGone(members, watcher, "/old-" + id);
        }
    }

    private static void awaitGone(MemberProcesses members, KitSession watcher, String path) {
        members.member(1).await("has no " + path + " any more", () -> {
            watcher.call(Op.SYNC, Bodies.path("/")).ok();
            return watcher.exists(path, false).err() == Err.NO_NODE;
        });
    }
}
