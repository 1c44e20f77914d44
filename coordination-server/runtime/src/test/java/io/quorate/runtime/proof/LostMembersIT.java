package io.quorate.runtime.proof;

import static io.quorate.runtime.proof.ServerProgram.QUORATE;
import static io.quorate.runtime.proof.ServerProgram.ZOOKEEPER;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.KitSession;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of both kinds are killed, or stand still, while clients write through the others. */
final class LostMembersIT {

    private static final int VOTERS = 3;
    private static final int WRITERS = 3;
    private static final long WRITES_BETWEEN = 20;

    @TempDir
    Path directory;

    @Test
    @DisplayName("10.37 kill -9 of each in turn, the leaders among them, and twice of one that is coming back")
    void killed() throws Exception {
        List<ServerProgram> programs = List.of(ZOOKEEPER, QUORATE, QUORATE);
        try (MemberProcesses members = new MemberProcesses(directory, VOTERS, 0)) {
            members.startAll(programs.toArray(ServerProgram[]::new));
            try (KitSession setUp = members.open(1);
                    WriteLoad load = new WriteLoad(members.connectString(), WRITERS, setUp)) {
                load.start();
                for (int turn = 0; turn < 2 * VOTERS; turn++) {
                    int id = turn % VOTERS + 1;
                    load.awaitMore(members.member(id), WRITES_BETWEEN);
                    long before = recovered(members.member(id));
                    members.member(id).kill();
                    members.launch(id, programs.get(id - 1));
                    if (programs.get(id - 1) == QUORATE) {
                        members.member(id).await("has read its data", () -> recovered(members.member(id)) > before);
                        members.member(id).kill();
                        members.launch(id, programs.get(id - 1));
                    }
                    members.awaitServing(id);
                }
                load.awaitMore(members.member(1), WRITES_BETWEEN);
                checkAll(members, load);
            }
        }
    }

    @Test
    @DisplayName("10.69 the leader is killed again and again: epochs grow, and no epoch has two leaders")
    void leadersKilled() throws Exception {
        int terms = Integer.getInteger("terms", 6);
        List<ServerProgram> programs = List.of(ZOOKEEPER, QUORATE, QUORATE);
        try (MemberProcesses members = new MemberProcesses(directory, VOTERS, 0)) {
            members.startAll(programs.toArray(ServerProgram[]::new));
            long epoch = 0;
            for (int term = 0; term < terms; term++) {
                int leader = members.awaitLeader();
                assertThat(members.epoch(leader)).isGreaterThan(epoch);
                epoch = members.epoch(leader);
                members.member(leader).kill();
                members.launch(leader, programs.get(leader - 1));
                members.awaitServing(leader);
            }
            assertThat(members.requireOneLeaderPerEpoch()).isGreaterThanOrEqualTo(terms);
            members.requireEqual();
        }
    }

    @Test
    @DisplayName("10.62 a follower, then the leader, stands still: members of ZooKeeper, led by one of ours")
    void stoppedUnderOurs() throws Exception {
        standStill(QUORATE, ZOOKEEPER);
    }

    @Test
    @DisplayName("10.62 a follower, then the leader, stands still: members of ours, led by one of ZooKeeper's")
    void stoppedUnderTheirs() throws Exception {
        standStill(ZOOKEEPER, QUORATE);
    }

    private void standStill(ServerProgram leader, ServerProgram followers) throws Exception {
        try (MemberProcesses members = new MemberProcesses(directory, VOTERS, 0)) {
            members.startAll(followers, followers, leader);
            ServerProcess second = members.member(2);
            try (KitSession setUp = members.open(2);
                    WriteLoad load = new WriteLoad(second.connectString(), WRITERS, setUp)) {
                load.start();
                long before = members.givenUpBy(3);
                members.member(1).pause(true);
                second.await("has a leader that gave member 1 up", () -> members.givenUpBy(3) > before);
                load.awaitMore(second, WRITES_BETWEEN);
                members.member(1).pause(false);
                members.awaitServing(1);

                members.member(3).pause(true);
                second.await(
                        "finds another leader",
                        () -> !members.mode(1).isEmpty()
                                && List.of(members.mode(1), members.mode(2)).contains("leader"));
                load.awaitMore(second, WRITES_BETWEEN);
                members.member(3).pause(false);
                members.member(3).await("follows", () -> members.mode(3).equals("follower"));
                load.awaitMore(second, WRITES_BETWEEN);
                checkAll(members, load);
            }
        }
    }

    private static long recovered(ServerProcess ours) {
        return ours.logLines().stream()
                .filter(line -> line.contains("recovered up to"))
                .count();
    }

    private static void checkAll(MemberProcesses members, WriteLoad load) throws InterruptedException {
        load.stop();
        for (int id = 1; id <= VOTERS; id++) {
            load.check(members, id);
        }
        members.requireEqual();
        assertThat(members.awaitLeader()).isPositive();
        members.requireOneLeaderPerEpoch();
    }
}
