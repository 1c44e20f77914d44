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

/** Members of both kinds that have not the same to say in an election: in what they hold, or in who they are. */
final class UnequalMembersIT {

    private static final int VOTERS = 3;
    private static final int UNLISTED = 4;
    /** Does not take an empty disk for a new one. */
    private static final int DOUBTING = 2;

    @TempDir
    Path directory;

    private MemberProcesses members;
    private int written;

    @Test
    @DisplayName("10.10 one of ours has the higher epoch, one of ZooKeeper's the higher zxid and id")
    void oursHasTheHigherEpoch() {
        higherEpochLeads(QUORATE, ZOOKEEPER);
    }

    @Test
    @DisplayName("10.10 one of ZooKeeper's has the higher epoch, one of ours the higher zxid and id")
    void theirsHasTheHigherEpoch() {
        higherEpochLeads(ZOOKEEPER, QUORATE);
    }

    private void higherEpochLeads(ServerProgram higherEpoch, ServerProgram higherZxid) {
        long common = 0x1_0000_0001L;
        long surplus = 0x2_0000_0001L;
        try (MemberProcesses running = new MemberProcesses(directory, VOTERS, 0)) {
            members = running;
            StagedData.write(members.data(1), 3, common, common + 1);
            StagedData.write(members.data(2), 2, common, common + 1, surplus, surplus + 1);
            members.launch(1, higherEpoch);
            members.launch(2, higherZxid);
            members.awaitServing(1);
            members.awaitServing(2);

            assertThat(members.awaitLeader()).isEqualTo(1);
            assertThat(members.epoch(1)).isEqualTo(4);
            assertThat(members.waysOf(1)).containsExactly("TRUNC");
            assertThat(members.tree(2))
                    .containsKeys(StagedData.node(common), StagedData.node(common + 1))
                    .doesNotContainKeys(StagedData.node(surplus), StagedData.node(surplus + 1));
            members.requireEqual();
        }
    }

    @Test
    @DisplayName("10.18 one without weight follows, is no part of a quorum, and does not lead")
    void weights() {
        EnsemblePlan plan = new EnsemblePlan(VOTERS, 0, "group.1=1:2:3", "weight.1=1", "weight.2=1", "weight.3=0");
        try (MemberProcesses running = new MemberProcesses(directory, plan)) {
            members = running;
            members.launch(1, ZOOKEEPER);
            members.launch(2, QUORATE);
            members.launch(3, ZOOKEEPER);
            awaitServing();
            int leader = members.awaitLeader();
            long epoch = members.epoch(leader);
            assertThat(leader).isNotEqualTo(3);
            write(3);
            members.requireEqual();

            members.member(2).kill();
            members.member(1)
                    .await("has no quorum with it", () -> members.mode(1).isEmpty());
            members.launch(2, ZOOKEEPER);
            awaitServing();
            assertThat(members.awaitLeader()).isNotEqualTo(3);
            assertThat(members.epoch(1)).as("the first term since").isEqualTo(epoch + 1);
            members.requireEqual();
            members.requireOneLeaderPerEpoch();
        }
    }

    private void awaitServing() {
        for (int id = 1; id <= VOTERS; id++) {
            members.awaitServing(id);
        }
    }

    @Test
    @DisplayName("10.16 10.17 one of ours comes to members of ZooKeeper")
    void oursComes() {
        newcomer(ZOOKEEPER, QUORATE);
    }

    @Test
    @DisplayName("10.16 10.17 one of ZooKeeper's comes to members of ours")
    void theirsComes() {
        newcomer(QUORATE, ZOOKEEPER);
    }

    private void newcomer(ServerProgram ensemble, ServerProgram newcomer) {
        EnsemblePlan plan = EnsemblePlan.withStranger(VOTERS).line(DOUBTING, "db.autocreate=false");
        try (MemberProcesses running = new MemberProcesses(directory, plan)) {
            members = running;
            members.startAll(ensemble, ensemble, ensemble);
            write(1);
            long epoch = members.epoch(VOTERS);
            whoIsNotListedFollowsWithoutAVote(newcomer);
            whoHasLostItsDataHasNoVoteUntilItHasThemAgain(ensemble, newcomer, epoch);
        }
    }

    private void whoIsNotListedFollowsWithoutAVote(ServerProgram newcomer) {
        members.start(UNLISTED, newcomer);
        assertThat(members.mode(UNLISTED)).isEqualTo("follower");
        write(UNLISTED);
        members.requireEqual();

        members.member(1).stop();
        members.member(2).stop();
        members.member(VOTERS)
                .await(
                        "leads nobody but the unlisted one",
                        () -> !members.mode(VOTERS).equals("leader"));
    }

    /** It and another one would be a quorum. */
    private void whoHasLostItsDataHasNoVoteUntilItHasThemAgain(
            ServerProgram ensemble, ServerProgram newcomer, long epoch) {
        members.member(VOTERS).stop();
        members.member(UNLISTED).stop();
        members.wipe(DOUBTING);
        members.launch(DOUBTING, newcomer);
        members.launch(1, ensemble);
        for (int id : List.of(1, DOUBTING)) {
            members.member(id)
                    .await("answers", () -> !members.answer(id, "ruok").isEmpty());
        }
        members.launch(VOTERS, ensemble);
        awaitServing();
        int leader = members.awaitLeader();
        assertThat(leader).isNotEqualTo(DOUBTING);
        assertThat(members.epoch(leader)).as("the first term since").isEqualTo(epoch + 1);
        assertThat(members.waysOf(leader)).contains("SNAP");
        assertThat(members.tree(DOUBTING)).containsKeys("/n0", "/n1");
        members.requireEqual();
    }

    private void write(int id) {
        try (KitSession session = members.open(id)) {
            session.create("/n" + written++).ok();
            session.closeSession().ok();
        }
    }
}
