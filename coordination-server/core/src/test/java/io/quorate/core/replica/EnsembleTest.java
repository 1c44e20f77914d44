package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.port.DiskFile;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.ZNode;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Three servers and more, end to end within the core: elections, synchronisation, broadcast, loss of servers. */
class EnsembleTest {

    @Test
    void threeThatStartTogetherElectTheLargestId() {
        Cluster cluster = new Cluster(3, 0);
        assertThat(cluster.elected().id).isEqualTo(3);
        assertThat(cluster.node(1).role()).isEqualTo("FOLLOWING");
    }

    @Test
    void fiveThatStartOneAfterTheOtherElectTheThird() {
        Cluster cluster = new Cluster(5, 0);
        for (long id = 2; id <= 5; id++) {
            cluster.node(id).kill();
        }
        for (long id = 2; id <= 5; id++) {
            cluster.steps(100);
            cluster.node(id).restart();
        }
        assertThat(cluster.elected().id).isEqualTo(3);
    }

    @Test
    void anObserverMakesNoQuorum() {
        Cluster cluster = new Cluster(3, 2);
        Cluster.Node leader = cluster.elected();
        cluster.node(1).kill();
        cluster.node(2).kill();
        cluster.settle(() -> !leader.serves());
        cluster.steps(400);
        assertThat(cluster.nodes.values()).noneMatch(Cluster.Node::serves);
    }

    @Test
    void aWriteThroughEveryServerIsSeenByAll() {
        Cluster cluster = new Cluster(3, 1);
        cluster.elected();
        for (long id = 1; id <= 4; id++) {
            Cluster.Node node = cluster.node(id);
            node.connectClient(100 + id);
            node.create(100 + id, 1, "/n" + id);
            long link = 100 + id;
            cluster.settle(() -> node.said.contains(link + ": xid 1 ok"));
        }
        cluster.steps(200);
        assertThat(cluster.nodes.values())
                .extracting(node -> node.replica.status().nodes())
                .containsOnly(cluster.node(1).replica.status().nodes());
        assertThat(cluster.nodes.values())
                .extracting(node -> node.replica.status().digest())
                .containsOnly(cluster.node(1).replica.status().digest());
    }

    @Test
    void writesGoOnWhenTheLeaderIsGone() {
        Cluster cluster = new Cluster(3, 0);
        cluster.elected();
        Cluster.Node one = cluster.node(1);
        one.connectClient(11);
        one.create(11, 1, "/before");
        cluster.settle(() -> one.said.contains("11: xid 1 ok"));
        cluster.node(3).kill();
        cluster.settle(() -> !one.serves());
        Cluster.Node leader = cluster.elected();
        assertThat(leader.id).isEqualTo(2);
        one.open(12);
        one.handshake(12, one.sessionId, one.password);
        cluster.settle(() -> one.said.contains("12: connected 10000"));
        one.create(12, 2, "/before");
        one.create(12, 3, "/after");
        cluster.settle(() -> one.said.contains("12: xid 3 ok"));
        assertThat(one.said).contains("12: xid 2 error -110");
        cluster.node(3).restart();
        cluster.elected();
        assertThat(cluster.node(3).replica.status().digest())
                .isEqualTo(leader.replica.status().digest());
    }

    @Test
    void aServerThatWasAwayGetsWhatItLacksFromTheWindow() {
        assertThat(comesBackAfter(50, 1000)).anyMatch(line -> line.endsWith("joined 1 DIFF"));
    }

    @Test
    void aServerThatWasAwayForLongGetsTheWholeTree() {
        assertThat(comesBackAfter(50, 10)).anyMatch(line -> line.endsWith("joined 1 SNAP"));
    }

    /** Found by the simulation: log files begun for their size were not known, and stayed for good. */
    @Test
    void logFilesGoThatNoSnapshotNeeds() {
        Cluster cluster = new Cluster(3, 0, 1000, 1);
        Cluster.Node leader = cluster.elected();
        leader.connectClient(31);
        for (int i = 1; i <= 30; i++) {
            leader.create(31, i, "/n" + i);
            cluster.steps(2);
            if (i % 5 == 0) {
                leader.replica.requestSnapshot();
                cluster.steps(4);
            }
        }
        // Three snapshots stay, and what is behind the oldest of them: ten transactions, two to a file.
        assertThat(leader.disk.list(DiskFile.Volume.LOG))
                .filteredOn(name -> name.startsWith("log."))
                .hasSizeBetween(4, 8);
    }

    private static List<String> comesBackAfter(int writes, int window) {
        Cluster cluster = new Cluster(3, 0, window);
        Cluster.Node leader = cluster.elected();
        cluster.node(1).kill();
        leader.connectClient(31);
        for (int i = 1; i <= writes; i++) {
            leader.create(31, i, "/n" + i);
        }
        cluster.settle(() -> leader.said.contains("31: xid " + writes + " ok"));
        List<String> before = new ArrayList<>(leader.log);
        cluster.node(1).restart();
        cluster.elected();
        assertThat(cluster.node(1).replica.status().digest())
                .isEqualTo(leader.replica.status().digest());
        leader.create(31, writes + 1, "/more");
        cluster.settle(() -> leader.said.contains("31: xid " + (writes + 1) + " ok"));
        cluster.steps(20);
        cluster.node(1).kill();
        cluster.node(1).restart();
        cluster.elected();
        assertThat(cluster.node(1).replica.status().digest())
                .isEqualTo(leader.replica.status().digest());
        return Stream.concat(before.stream(), leader.log.stream()).toList();
    }

    @Test
    void whatOnlyADeposedLeaderHasIsCutOff() {
        Cluster cluster = new Cluster(3, 0);
        Cluster.Node old = cluster.elected();
        old.connectClient(31);
        old.create(31, 1, "/kept");
        cluster.settle(() -> old.said.contains("31: xid 1 ok"));
        old.cutOffFrom.addAll(List.of(1L, 2L));
        cluster.node(1).cutOffFrom.add(3L);
        cluster.node(2).cutOffFrom.add(3L);
        old.create(31, 2, "/lost");
        cluster.steps(20);
        assertThat(old.said).doesNotContain("31: xid 2 ok");
        old.kill();
        cluster.settle(() -> cluster.node(2).serves() && cluster.node(2).role().equals("LEADING"));
        old.cutOffFrom.clear();
        cluster.node(1).cutOffFrom.clear();
        cluster.node(2).cutOffFrom.clear();
        old.restart();
        cluster.elected();
        assertThat(cluster.node(2).log).anyMatch(line -> line.endsWith("joined 3 TRUNC"));
        assertThat(old.replica.status().digest())
                .isEqualTo(cluster.node(1).replica.status().digest());
    }

    /** It has given up, and cannot vote: nobody may be made to wait for it. */
    @Test
    void aLeaderWithoutSpaceIsFollowedByAnother() {
        Cluster cluster = new Cluster(3, 0);
        Cluster.Node full = cluster.elected();
        full.connectClient(31);
        full.logLane.capacity = 0;
        for (int xid = 1; full.role().equals("LEADING"); xid++) {
            full.create(31, xid, "/" + "n".repeat(500) + xid);
            cluster.step();
        }
        long lost = cluster.nowMillis;
        Cluster.Node next = cluster.node(2);
        cluster.settle(() -> next.serves() && cluster.node(1).serves());
        assertThat(next.role()).isEqualTo("LEADING");
        assertThat(cluster.nowMillis - lost).as("ms of the cluster's time").isLessThan(1000);
        assertThat(full.role()).isEqualTo("LOOKING");
    }

    /** At whatever moment the network breaks: its followers may have left before it knows. */
    @Test
    void aDeposedLeaderAnswersNoSync() {
        for (int moment = 0; moment < 40; moment++) {
            Cluster cluster = new Cluster(3, 0);
            Cluster.Node old = cluster.elected();
            Cluster.Node next = cluster.node(2);
            old.connectClient(31);
            next.connectClient(21);
            cluster.steps(moment);
            old.cutOffFrom.addAll(List.of(1L, 2L));
            cluster.node(1).cutOffFrom.add(3L);
            next.cutOffFrom.add(3L);
            cluster.settle(() -> next.serves() && next.role().equals("LEADING"));
            next.open(22);
            next.handshake(22, next.sessionId, next.password);
            cluster.settle(() -> next.said.contains("22: connected 10000"));
            next.create(22, 1, "/new");
            cluster.settle(() -> next.said.contains("22: xid 1 ok"));
            old.sync(31, 7);
            cluster.steps(200);
            assertThat(old.said).as("moment %d", moment).doesNotContain("31: xid 7 ok");
        }
    }

    /** Who is being brought up to date answers no sign of life, and may be all that is left soon after it was asked. */
    @Test
    void aSyncIsAnsweredThoughWhoCouldHaveAnsweredAtOnceIsGone() {
        Cluster cluster = new Cluster(3, 0);
        Cluster.Node leader = cluster.elected();
        Cluster.Node joining = cluster.node(1);
        joining.kill();
        leader.connectClient(31);
        leader.create(31, 6, "/a");
        cluster.settle(() -> leader.said.contains("31: xid 6 ok"));
        joining.restart();
        joining.diskStands = true;
        cluster.settle(() -> joining.role().equals("FOLLOWING"));
        cluster.steps(2);
        leader.sync(31, 7);
        leader.turn();
        cluster.node(2).kill();
        joining.diskStands = false;
        cluster.settle(() -> joining.serves());
        cluster.settle(() -> leader.said.contains("31: xid 7 ok"));
        assertThat(leader.log)
                .filteredOn(line -> line.contains("LOOKING"))
                .as("one term")
                .hasSize(1);
    }

    @Test
    void aSyncIsAnsweredOnEveryServer() {
        Cluster cluster = new Cluster(3, 1);
        cluster.elected();
        for (long id = 1; id <= 4; id++) {
            Cluster.Node node = cluster.node(id);
            long link = 100 + id;
            node.connectClient(link);
            node.sync(link, 1);
            node.create(link, 2, "/n" + id);
            node.sync(link, 3);
            cluster.settle(() -> node.said.contains(link + ": xid 3 ok"));
            assertThat(node.said).containsSubsequence(link + ": xid 1 ok", link + ": xid 2 ok", link + ": xid 3 ok");
        }
    }

    /** Found by the simulation: an observer without clients whose leader had closed its connection never woke up. */
    @Test
    void whoHasLostItsLeaderWantsATurnAtOnce() {
        Cluster cluster = new Cluster(3, 1);
        cluster.elected().kill();
        Cluster.Node observer = cluster.node(4);
        cluster.settle(() -> !observer.serves());
        assertThat(observer.lookingWantsNanos).isPositive().isLessThanOrEqualTo(cluster.nowMillis * 1_000_000);
    }

    /** Found by the simulation: a session that had been timed in one term was timed in none that followed. */
    @Test
    void sessionsRunOutUnderALeaderThatHasLedBefore() {
        Cluster cluster = new Cluster(3, 0);
        Cluster.Node leader = cluster.elected();
        leader.connectClient(31);
        cluster.node(1).kill();
        cluster.node(2).kill();
        cluster.settle(() -> !leader.serves());
        cluster.node(1).restart();
        cluster.node(2).restart();
        assertThat(cluster.elected()).isSameAs(leader);
        assertThat(leader.replica.status().sessions()).isEqualTo(1);
        cluster.settle(() -> leader.replica.status().sessions() == 0);
    }

    /** Found by the simulation: a sync was answered behind all commits of a batch, and the reads behind it later. */
    @Test
    void whatIsReadBehindASyncDoesNotShowWhatItsSessionWritesLater() {
        Cluster cluster = new Cluster(3, 0);
        Cluster.Node leader = cluster.elected();
        Cluster.Node one = cluster.node(1);
        one.connectClient(11);
        // So that the leader's own disk is what completes the quorum, for all transactions at once.
        cluster.node(2).kill();
        leader.diskStands = true;
        one.create(11, 1, "/a");
        one.sync(11, 2);
        NodePath path = NodePath.of("/a");
        one.request(11, 3, OpCode.EXISTS, new WireWriter(64).writePath(path).writeBool(false));
        one.request(11, 4, OpCode.DELETE, new WireWriter(64).writePath(path).writeInt(-1));
        cluster.steps(3);
        leader.diskStands = false;
        cluster.settle(() -> one.said.contains("11: xid 4 ok"));
        assertThat(one.said).contains("11: xid 2 ok", "11: xid 3 ok");
    }

    /** The same for a client of the leader, found by the simulation too. */
    @Test
    void whatIsReadBehindASyncOnTheLeaderDoesNotShowWhatItsSessionWritesLater() {
        Cluster cluster = new Cluster(3, 0);
        Cluster.Node leader = cluster.elected();
        leader.connectClient(31);
        leader.create(31, 1, "/a");
        leader.sync(31, 2);
        NodePath path = NodePath.of("/a");
        leader.request(31, 3, OpCode.EXISTS, new WireWriter(64).writePath(path).writeBool(false));
        leader.request(31, 4, OpCode.DELETE, new WireWriter(64).writePath(path).writeInt(-1));
        cluster.settle(() -> leader.said.contains("31: xid 4 ok"));
        assertThat(leader.said).contains("31: xid 2 ok", "31: xid 3 ok");
    }

    /** A quorum without the leader's own disk: it has been told to go on long before the tree has what it waits for. */
    @Test
    void aSyncThatWasAnsweredForEarlyIsNotAsLateAsTheWriteBehindIt() {
        Cluster cluster = new Cluster(3, 0);
        Cluster.Node leader = cluster.elected();
        leader.connectClient(31);
        leader.create(31, 1, "/a");
        cluster.settle(() -> leader.said.contains("31: xid 1 ok"));
        leader.connectClient(32);
        leader.diskStands = true;
        leader.create(32, 1, "/b");
        leader.sync(31, 3);
        NodePath path = NodePath.of("/a");
        leader.request(31, 4, OpCode.EXISTS, new WireWriter(64).writePath(path).writeBool(false));
        leader.request(31, 5, OpCode.DELETE, new WireWriter(64).writePath(path).writeInt(-1));
        cluster.steps(20);
        leader.diskStands = false;
        cluster.settle(() -> leader.said.contains("31: xid 5 ok"));
        assertThat(leader.said).contains("31: xid 3 ok", "31: xid 4 ok");
    }

    @Test
    void aMinorityServesNobody() {
        Cluster cluster = new Cluster(3, 0);
        Cluster.Node leader = cluster.elected();
        cluster.node(1).kill();
        cluster.node(2).kill();
        cluster.settle(() -> !leader.serves());
        cluster.steps(400);
        assertThat(leader.role()).isEqualTo("LOOKING");
    }

    @Test
    void ephemeralsOutliveALeaderAndGoWithTheirSession() {
        Cluster cluster = new Cluster(3, 0);
        cluster.elected();
        Cluster.Node one = cluster.node(1);
        one.connectClient(11);
        one.request(11, 1, OpCode.CREATE, Bench.createBody("/e", 1));
        cluster.settle(() -> one.said.contains("11: xid 1 ok"));
        cluster.node(3).kill();
        cluster.settle(() -> !one.serves());
        cluster.elected();
        assertThat(one.replica.status().ephemerals()).isEqualTo(1);
        cluster.settle(() -> one.replica.status().ephemerals() == 0);
        assertThat(one.replica.status().sessions()).isZero();
    }

    @Test
    void aLeaderMayLeaveItsClientsToOthers() {
        Cluster cluster = new Cluster(3, 0, 1000, false);
        Cluster.Node leader = cluster.node(3);
        cluster.settle(() -> cluster.node(1).serves() && cluster.node(2).serves());
        assertThat(leader.role()).isEqualTo("LEADING");
        assertThat(leader.serves()).isFalse();
        leader.open(31);
        assertThat(leader.said).isEmpty();
        leader.handshake(31, 0, new byte[16]);
        assertThat(leader.said).containsExactly("31: closed NOT_SERVING");

        Cluster.Node one = cluster.node(1);
        one.connectClient(11);
        one.create(11, 1, "/through");
        cluster.settle(() -> one.said.contains("11: xid 1 ok"));
        leader.kill();
        cluster.settle(
                () -> cluster.node(2).role().equals("LEADING") && one.role().equals("FOLLOWING"));
        leader.restart();
        cluster.settle(leader::serves);
        assertThat(leader.role()).isEqualTo("FOLLOWING");
        leader.connectClient(32);
    }

    @Test
    void everyMemberShowsTheMembership() {
        Cluster cluster = new Cluster(3, 1, 10);
        Cluster.Node leader = cluster.elected();
        cluster.nodes.values().forEach(EnsembleTest::assertShowsTheMembership);

        // What a leader's snapshot holds is the leader's own.
        cluster.node(1).kill();
        leader.connectClient(31);
        for (int i = 1; i <= 50; i++) {
            leader.create(31, i, "/n" + i);
        }
        cluster.settle(() -> leader.said.contains("31: xid 50 ok"));
        cluster.node(1).restart();
        cluster.elected();
        assertThat(leader.log).anyMatch(line -> line.endsWith("joined 1 SNAP"));
        assertShowsTheMembership(cluster.node(1));
        assertThat(cluster.node(1).replica.status().digest())
                .isEqualTo(leader.replica.status().digest());
        assertThat(config(cluster.node(1)).mtime()).isGreaterThan(config(leader).mtime());
    }

    private static ZNode config(Cluster.Node node) {
        return node.replica.database().tree().find(DataTree.CONFIG);
    }

    private static void assertShowsTheMembership(Cluster.Node node) {
        ZNode config = config(node);
        assertThat(new String(config.data(), StandardCharsets.UTF_8)).isEqualTo("""
                        server.1=s1:2888:3888:participant
                        server.2=s2:2888:3888:participant
                        server.3=s3:2888:3888:participant
                        server.4=s4:2888:3888:observer
                        version=0""");
        assertThat(config.version()).isEqualTo(-1);
        assertThat(config.mzxid()).isZero();
    }

    @Test
    void whoComesBeforeALeaderDoesWaitsWithoutAWord() {
        Cluster cluster = new Cluster(3, 0);
        Cluster.Node one = cluster.node(1);
        one.open(11);
        one.open(12);
        one.handshake(12, 0, new byte[16]);
        assertThat(one.said).containsExactly("12: closed NOT_SERVING");
        assertThat(one.replica.letsClientsIn()).isFalse();

        cluster.elected();
        assertThat(one.replica.letsClientsIn()).isTrue();
        one.handshake(11, 0, new byte[16]);
        cluster.settle(() -> one.said.contains("11: connected 10000"));
    }

    @Test
    void whoWaitsForTooLongWithoutAWordIsToldToGo() {
        Cluster cluster = new Cluster(3, 0);
        cluster.node(2).kill();
        cluster.node(3).kill();
        Cluster.Node one = cluster.node(1);
        one.open(11);
        cluster.settle(() -> !one.said.isEmpty());
        assertThat(one.said).containsExactly("11: closed IDLE_WITHOUT_SESSION");
        for (long link = 100; link < 400; link++) {
            one.open(link);
        }
        assertThat(one.said).hasSize(1 + 300 - 256).contains("399: closed NOT_SERVING");
        one.replica.onClientClosed(100);
        one.open(400);
        assertThat(one.said).doesNotContain("400: closed NOT_SERVING");
        one.replica.closeClients();
        assertThat(one.said).hasSize(1 + 300 + 1 - 1).contains("400: closed SHUTDOWN");
    }

    @Test
    void aLeaderForgetsTheSizesOfProposalsWhenAsked() {
        Cluster cluster = new Cluster(3, 0);
        Cluster.Node leader = cluster.elected();
        leader.connectClient(31);
        leader.create(31, 1, "/a-long-name-for-a-node");
        cluster.settle(() -> leader.said.contains("31: xid 1 ok"));
        int longName = leader.replica.status().ensemble().leading().lastProposalBytes();

        leader.replica.resetProposalSizes();
        EnsembleStatus.Leading none = leader.replica.status().ensemble().leading();
        assertThat(none.lastProposalBytes()).isEqualTo(-1);
        assertThat(none.minProposalBytes()).isEqualTo(-1);
        assertThat(none.maxProposalBytes()).isEqualTo(-1);
        cluster.node(1).replica.resetProposalSizes();

        leader.create(31, 2, "/b");
        cluster.settle(() -> leader.said.contains("31: xid 2 ok"));
        EnsembleStatus.Leading next = leader.replica.status().ensemble().leading();
        assertThat(next.maxProposalBytes()).isEqualTo(next.lastProposalBytes()).isBetween(1, longName - 1);
        assertThat(next.minProposalBytes()).isEqualTo(next.lastProposalBytes());
    }

    @Test
    void aLeaderTellsOfItsLearnersAndProposals() {
        Cluster cluster = new Cluster(3, 1);
        Cluster.Node leader = cluster.elected();
        EnsembleStatus before = leader.replica.status().ensemble();
        assertThat(before.leading().lastProposalBytes()).isEqualTo(-1);
        assertThat(before.leading().maxProposalBytes()).isEqualTo(-1);
        assertThat(before.synced(false)).isEqualTo(2);
        assertThat(before.synced(true)).isEqualTo(1);
        assertThat(before.syncedNonVoting()).isZero();
        assertThat(before.voters()).containsExactly(1L, 2L, 3L);
        assertThat(cluster.node(1).replica.status().ensemble().leading()).isNull();

        leader.connectClient(31);
        leader.create(31, 1, "/a-long-name-for-a-node");
        leader.create(31, 2, "/b");
        cluster.settle(() -> leader.said.contains("31: xid 2 ok"));
        EnsembleStatus.Leading after = leader.replica.status().ensemble().leading();
        assertThat(after.lastProposalBytes())
                .isLessThan(after.maxProposalBytes())
                .isGreaterThan(after.minProposalBytes());
        assertThat(after.uptimeMillis()).isGreaterThan(before.leading().uptimeMillis());
        assertThat(after.pendingSyncs()).isZero();

        cluster.node(1).paused = true;
        cluster.node(2).paused = true;
        leader.sync(31, 3);
        cluster.steps(2);
        assertThat(leader.replica.status().ensemble().leading().pendingSyncs()).isEqualTo(1);
    }
}
