package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.log.EpochFile;
import io.quorate.core.port.DiskFile;
import io.quorate.core.replica.ReplicaOptions.EmptyDisk;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members whose disk is empty, new or not (quorum protocol 9.8): who may vote, and when again. */
class LostDataTest {

    private final Cluster cluster = new Cluster(3, 0);

    /** Server 2 and 3 have a write that server 1 lacks; then server 2 loses its data. Everybody is down. */
    private void loseTheWriteOfAQuorum() {
        Cluster.Node leader = cluster.elected();
        assertThat(leader.id).isEqualTo(3);
        cluster.node(1).kill();
        leader.connectClient(31);
        leader.create(31, 1, "/kept");
        cluster.settle(() -> leader.said.contains("31: xid 1 ok"));
        cluster.steps(5);
        cluster.node(2).kill();
        leader.kill();
        cluster.steps(2);
        lose(cluster.node(2));
    }

    private static void lose(Cluster.Node node) {
        node.disk.files.keySet().removeIf(file -> !file.name().endsWith("Epoch"));
    }

    private static List<String> dataFiles(Cluster.Node node) {
        return node.disk.files.keySet().stream()
                .map(DiskFile::name)
                .filter(name -> name.startsWith("snapshot.") || name.startsWith("log."))
                .toList();
    }

    private static boolean hasTheWrite(Cluster.Node node) {
        // The root, /zookeeper, its two children, and the node that was created.
        return node.replica.status().nodes() == 5;
    }

    @Test
    void aWriteIsNotLostWithAMemberThatHasForgottenIt() {
        loseTheWriteOfAQuorum();
        Cluster.Node one = cluster.node(1);
        Cluster.Node two = cluster.node(2);
        one.restart();
        two.restart();
        cluster.steps(1000);
        assertThat(one.role()).isEqualTo("LOOKING");
        assertThat(two.role()).isEqualTo("LOOKING");
        assertThat(two.replica.status().ensemble().doubted()).isTrue();
        assertThat(two.log).anyMatch(line -> line.contains("the data has been lost"));
        assertThat(dataFiles(two)).isEmpty();

        // Nor when it is started again.
        two.kill();
        two.restart();
        cluster.steps(1000);
        assertThat(one.role()).isEqualTo("LOOKING");

        cluster.node(3).restart();
        assertThat(cluster.elected().id).isEqualTo(3);
        assertThat(cluster.node(3).log).anyMatch(line -> line.endsWith("joined 2 SNAP"));
        assertThat(two.replica.status().ensemble().doubted()).isFalse();
        assertThat(hasTheWrite(two)).isTrue();
        assertThat(hasTheWrite(one)).isTrue();
    }

    @Test
    void whoHasItsDataAgainVotesAgain() {
        loseTheWriteOfAQuorum();
        cluster.nodes.values().forEach(Cluster.Node::restart);
        cluster.elected();
        Cluster.Node two = cluster.node(2);
        two.kill();
        two.restart();
        assertThat(two.replica.status().ensemble().doubted()).isFalse();
        cluster.elected();

        cluster.node(3).kill();
        cluster.node(1).kill();
        cluster.node(1).restart();
        cluster.settle(() -> cluster.node(1).serves() && two.serves());
        assertThat(two.role()).isEqualTo("LEADING");
        assertThat(hasTheWrite(two)).isTrue();
        assertThat(hasTheWrite(cluster.node(1))).isTrue();
    }

    @Test
    void aMemberIsFoundedBeforeItVotes() {
        // Its first snapshot must not come after its first epoch: a crash between the two would look like a loss.
        Cluster fresh = new Cluster(3, 0);
        fresh.nodes.values().forEach(node -> node.bulkStands = true);
        fresh.steps(1000);
        assertThat(fresh.nodes.values()).allMatch(node -> node.role().equals("LOOKING"));
        fresh.nodes.values().forEach(node -> {
            node.kill();
            node.bulkStands = false;
            node.restart();
            assertThat(node.replica.status().ensemble().doubted()).isFalse();
        });
        fresh.elected();
    }

    @Test
    void anEnsembleThatHasLostEverythingWaitsForTheOperator() {
        loseTheWriteOfAQuorum();
        cluster.nodes.values().forEach(LostDataTest::lose);
        cluster.nodes.values().forEach(Cluster.Node::restart);
        cluster.steps(1000);
        assertThat(cluster.nodes.values()).allMatch(node -> node.role().equals("LOOKING"));

        cluster.nodes.values().forEach(Cluster.Node::kill);
        cluster.emptyDisk = EmptyDisk.NEW;
        cluster.nodes.values().forEach(Cluster.Node::restart);
        cluster.elected();
        assertThat(hasTheWrite(cluster.node(1))).isFalse();
    }

    /** The epoch files and what they become: the third member is the one with the empty disk. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // empty disk, acceptedEpoch, currentEpoch, doubted, acceptedEpoch and currentEpoch at the start
                "NEW_UNLESS_KNOWN_OTHERWISE, -, -, false, 0, 0",
                "NEW_UNLESS_KNOWN_OTHERWISE, 0, 0, false, 0, 0",
                "NEW_UNLESS_KNOWN_OTHERWISE, 1, 0, false, 1, 0",
                "NEW_UNLESS_KNOWN_OTHERWISE, 1, -, false, 1, 0",
                "NEW_UNLESS_KNOWN_OTHERWISE, 1, 1, true, 1, 1",
                "NEW_UNLESS_KNOWN_OTHERWISE, -, 1, true, 1, 1",
                "NEW_UNLESS_KNOWN_OTHERWISE, -1, -1, true, -1, -1",
                "LOST, -, -, true, -1, -1",
                "LOST, 0, 0, true, 0, 0",
                "LOST, 1, 1, true, 1, 1",
                // The cluster's epoch is 1.
                "NEW, -, -, false, 0, 0",
                "NEW, 1, 1, false, 1, 1",
                "NEW, -1, -1, false, 0, 0"
            })
    void whatAnEmptyDiskMeans(
            EmptyDisk emptyDisk, Long accepted, Long current, boolean doubted, long acceptedThen, long currentThen) {
        cluster.elected();
        Cluster.Node three = cluster.node(3);
        three.kill();
        three.disk.files.clear();
        write(three, EpochFile.ACCEPTED, accepted);
        write(three, EpochFile.CURRENT, current);
        cluster.emptyDisk = emptyDisk;
        three.restart();

        EnsembleStatus status = three.replica.status().ensemble();
        assertThat(status.doubted()).isEqualTo(doubted);
        assertThat(status.acceptedEpoch()).isEqualTo(acceptedThen);
        assertThat(status.currentEpoch()).isEqualTo(currentThen);
        assertThat(EpochFile.ACCEPTED.read(three.disk)).isEqualTo(OptionalLong.of(acceptedThen));
        assertThat(EpochFile.CURRENT.read(three.disk)).isEqualTo(OptionalLong.of(currentThen));

        cluster.elected();
        assertThat(three.replica.status().ensemble().doubted()).isFalse();
        assertThat(EpochFile.CURRENT.read(three.disk).getAsLong()).isPositive();
    }

    private static void write(Cluster.Node node, EpochFile file, Long epoch) {
        if (epoch != null) {
            file.write(node.disk, epoch);
        }
    }

    @Test
    void aServerAloneHasNobodyToAsk() {
        ReplicaOptions.Storage storage = new ReplicaOptions.Storage(100_000, 0, 0, 1, 3, false, EmptyDisk.LOST);
        ReplicaOptions options = ReplicaOptions.defaults().withStorage(storage);
        assertThatThrownBy(() -> new Bench(options))
                .isInstanceOf(UnusableData.class)
                .hasMessageContaining("coordination.db.autocreate")
                .hasMessageContaining("initialize");
    }
}
