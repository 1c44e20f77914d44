package io.quorate.runtime.proof;

import static io.quorate.runtime.proof.ServerProgram.QUORATE;
import static io.quorate.runtime.proof.ServerProgram.ZOOKEEPER;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.KitSession;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counter of a term of ZooKeeper's runs out while one of ours follows. */
final class CounterEndIT {

    private static final int VOTERS = 3;
    private static final int OURS = 3;
    private static final int THEIR_LEADER = 2;
    /** Zxids, for whoever waits until members serve and for writes of the test. */
    private static final long LEFT = 500;

    @TempDir
    Path directory;

    @Test
    @DisplayName("10.68 nothing acknowledged is lost, and the next epoch begins")
    void rollsOver() throws Exception {
        // ZooKeeper's own means for this: its counter begins here in every term that this member leads.
        EnsemblePlan plan = new EnsemblePlan(VOTERS, 0)
                .flag(THEIR_LEADER, "-Dzookeeper.testingonly.initialZxid=" + (0xffff_ffffL - LEFT));
        try (MemberProcesses members = new MemberProcesses(directory, plan)) {
            members.launch(1, ZOOKEEPER);
            members.launch(THEIR_LEADER, ZOOKEEPER);
            members.awaitServing(1);
            members.awaitServing(THEIR_LEADER);
            assertThat(members.awaitLeader()).isEqualTo(THEIR_LEADER);
            // It follows no leader whose zxids jump, and gets a snapshot from behind the jump.
            members.start(OURS, QUORATE);
            assertThat(members.epoch(OURS)).isEqualTo(1);
            try (KitSession setUp = members.open(1);
                    WriteLoad load = new WriteLoad(members.connectString(), 3, setUp)) {
                load.start();
                members.member(THEIR_LEADER).await("comes to the end", () -> hasRolledOver(members));
                load.awaitMore(members.member(1), 10);
                load.stop();
                for (int id = 1; id <= VOTERS; id++) {
                    members.awaitServing(id);
                    assertThat(members.epoch(id)).isGreaterThan(1);
                    load.check(members, id);
                }
                members.requireEqual();
                members.requireOneLeaderPerEpoch();
            }
        }
    }

    private static boolean hasRolledOver(MemberProcesses members) {
        return members.member(THEIR_LEADER).logLines().stream()
                .anyMatch(line -> line.contains("zxid lower 32 bits have rolled over"));
    }
}
