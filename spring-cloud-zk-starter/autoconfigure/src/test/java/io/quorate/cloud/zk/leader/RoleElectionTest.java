package io.quorate.cloud.zk.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.ManualLane;
import io.quorate.cloud.zk.ScriptedConnection;
import io.quorate.cloud.zk.leader.ElectionNodes.Candidate;
import io.quorate.cloud.zk.queue.NodeIdentity;
import io.quorate.cloud.zk.queue.QueueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Test;

class RoleElectionTest {

    private static final long SESSION = 7;

    private final ScriptedElectionNodes nodes = new ScriptedElectionNodes();
    private final ScriptedConnection connection = new ScriptedConnection();
    private final ManualLane lane = new ManualLane();
    private final List<String> events = new ArrayList<>();
    private RoleElection election = election(RevokeOn.SUSPENDED);

    private RoleElection election(RevokeOn revokeOn) {
        return new RoleElection("billing", nodes, lane, connection, revokeOn, this::told);
    }

    /** With what the state is when the event comes. */
    private void told(LeaderEvent event) {
        if (event instanceof LeaderChangedEvent change) {
            events.add("leader " + change.leader().map(Participant::id).orElse("none"));
        } else {
            events.add(event.getClass().getSimpleName() + " " + event.election().isLeader());
        }
    }

    private void lead(String node, long czxid) {
        nodes.nodes.put(node, new NodeIdentity(czxid, connection.get().sessionId()));
        nodes.last().elect(node);
        lane.run();
    }

    private void joinAndLead() {
        connection.connected(SESSION);
        election.setCandidate(true);
        lane.run();
        lead("/leader/billing/a", 100);
    }

    private void tellConnection() {
        election.reconcileLater();
        lane.run();
    }

    @Test
    void leadsWhenItsNodeIsTheFirstAndItsOwn() {
        joinAndLead();

        assertThat(election.isLeader()).isTrue();
        assertThat(election.token()).contains(new LeadershipToken("billing", 100, "/leader/billing/a"));
        assertThat(events).containsExactly("LeadershipGrantedEvent true");
    }

    @Test
    void isNoCandidateBeforeItIsAskedToBe() {
        connection.connected(SESSION);
        tellConnection();

        assertThat(nodes.candidacies).isEmpty();
    }

    @Test
    void joinsWhenThereIsAConnection() {
        election.setCandidate(true);
        lane.run();
        assertThat(nodes.candidacies).isEmpty();

        connection.connected(SESSION);
        tellConnection();
        assertThat(nodes.candidacies).hasSize(1);
    }

    @Test
    void leadsNoMoreTheMomentTheConnectionIsGone() {
        joinAndLead();

        connection.suspended();

        assertThat(election.isLeader()).isFalse();
        assertThat(election.token()).isEmpty();
        tellConnection();
        assertThat(events).containsExactly("LeadershipGrantedEvent true", "LeadershipRevokedEvent false");
    }

    @Test
    void aBlipThatNobodyWasToldOfStillEndsTheLeadershipUntilTheNodeIsSeen() {
        joinAndLead();

        connection.suspended();
        connection.connected(SESSION);

        assertThat(election.isLeader()).isFalse();
        tellConnection();
        assertThat(election.token()).contains(new LeadershipToken("billing", 100, "/leader/billing/a"));
        assertThat(events)
                .containsExactly(
                        "LeadershipGrantedEvent true", "LeadershipRevokedEvent false", "LeadershipGrantedEvent true");
        assertThat(nodes.candidacies).hasSize(1);
    }

    @Test
    void theNodeOfAFormerSessionIsNoGroundToLead() {
        joinAndLead();

        connection.lost();
        tellConnection();
        connection.connected(SESSION + 1);
        // The former session lives on at the server, and the latch finds its node at the head of the queue.
        nodes.last().elect("/leader/billing/a");
        tellConnection();

        assertThat(election.isLeader()).isFalse();
        assertThat(nodes.candidacies).hasSize(2);
        assertThat(nodes.candidacies.get(0).left).isTrue();
        lead("/leader/billing/b", 200);
        assertThat(election.token().orElseThrow().epoch()).isEqualTo(200);
    }

    @Test
    void anotherSessionEndsALeadershipEvenWhereOnlyALossDoes() {
        election = election(RevokeOn.LOST);
        joinAndLead();

        connection.suspended();
        tellConnection();
        assertThat(election.isLeader()).isTrue();
        connection.connected(SESSION);
        nodes.last().first = false;
        tellConnection();
        assertThat(election.isLeader()).isTrue();

        connection.connected(SESSION + 1);
        assertThat(election.isLeader()).isFalse();
        tellConnection();
        assertThat(events).containsExactly("LeadershipGrantedEvent true", "LeadershipRevokedEvent false");
    }

    @Test
    void aLossEndsALeadershipWhereOnlyALossDoes() {
        election = election(RevokeOn.LOST);
        joinAndLead();

        connection.lost();

        assertThat(election.isLeader()).isFalse();
    }

    @Test
    void aDeletedNodeEndsTheLeadershipAndIsReplaced() {
        joinAndLead();

        nodes.nodes.clear();
        nodes.changeQueue();
        lane.run();

        assertThat(election.isLeader()).isFalse();
        assertThat(nodes.candidacies).hasSize(2);
        lead("/leader/billing/b", 300);
        assertThat(election.token().orElseThrow().epoch()).isEqualTo(300);
    }

    @Test
    void anAnswerFromBeforeABlipGrantsNothing() {
        connection.connected(SESSION);
        election.setCandidate(true);
        lane.run();
        CompletableFuture<Optional<NodeIdentity>> late = new CompletableFuture<>();
        nodes.held = late;
        nodes.last().elect("/leader/billing/a");
        lane.run();

        connection.suspended();
        late.complete(Optional.of(new NodeIdentity(100, SESSION)));
        lane.run();

        assertThat(election.isLeader()).isFalse();
        assertThat(events).isEmpty();
    }

    @Test
    void resigningTakesEffectAtOnceAndGoesToTheBack() {
        joinAndLead();

        election.resign();

        assertThat(election.isLeader()).isFalse();
        lane.run();
        assertThat(nodes.candidacies).hasSize(2);
        assertThat(nodes.candidacies.get(0).left).isTrue();
        assertThat(events).containsExactly("LeadershipGrantedEvent true", "LeadershipRevokedEvent false");
        lead("/leader/billing/b", 200);
        assertThat(election.token().orElseThrow().epoch()).isEqualTo(200);
    }

    @Test
    void resigningWhileAnAnswerIsOutLeavesNoLeadershipBehind() {
        connection.connected(SESSION);
        election.setCandidate(true);
        lane.run();
        CompletableFuture<Optional<NodeIdentity>> late = new CompletableFuture<>();
        nodes.held = late;
        nodes.last().elect("/leader/billing/a");
        lane.run();

        election.resign();
        late.complete(Optional.of(new NodeIdentity(100, SESSION)));
        lane.run();

        assertThat(election.isLeader()).isFalse();
        assertThat(events).isEmpty();
    }

    @Test
    void stepsBackWhileItIsNoCandidateAndKeepsWatching() {
        joinAndLead();

        election.setCandidate(false);
        lane.run();
        assertThat(election.isLeader()).isFalse();
        assertThat(nodes.last().left).isTrue();

        nodes.changeQueue(new Candidate("b", "other"));
        lane.run();
        assertThat(election.leader()).contains(new Participant("other", true));
        election.setCandidate(true);
        lane.run();
        assertThat(nodes.candidacies).hasSize(2);
    }

    @Test
    void followersHearWhoLeads() {
        nodes.queue = List.of(new Candidate("a", "first"), new Candidate("b", "second"));
        connection.connected(SESSION);
        election.setCandidate(true);
        lane.run();
        nodes.changeQueue(new Candidate("a", "first"));
        lane.run();
        nodes.changeQueue(new Candidate("c", "third"));
        lane.run();
        nodes.changeQueue();
        lane.run();

        assertThat(events).containsExactly("leader first", "leader third", "leader none");
        assertThat(election.participants()).isEmpty();
    }

    @Test
    void sameCandidateWithAnotherNodeIsAnotherLeadership() {
        nodes.queue = List.of(new Candidate("a", "first"));
        connection.connected(SESSION);
        election.setCandidate(true);
        lane.run();
        nodes.changeQueue(new Candidate("b", "first"), new Candidate("c", "second"));
        lane.run();

        assertThat(events).containsExactly("leader first", "leader first");
        assertThat(election.participants())
                .containsExactly(new Participant("first", true), new Participant("second", false));
    }

    @Test
    void aCandidacyWithoutANodeIsTriedAnew() {
        connection.connected(SESSION);
        election.setCandidate(true);
        lane.run();

        lane.pass(Duration.ofSeconds(9));
        assertThat(nodes.candidacies).hasSize(1);
        lane.pass(Duration.ofSeconds(1));

        assertThat(nodes.candidacies).hasSize(2);
        assertThat(nodes.candidacies.get(0).left).isTrue();
    }

    @Test
    void endTellsWhenItIsOver() {
        joinAndLead();
        List<Boolean> atEnd = new ArrayList<>();

        election.end(() -> atEnd.add(election.isLeader()));
        lane.run();

        assertThat(atEnd).containsExactly(false);
        assertThat(nodes.last().left).isTrue();
        nodes.changeQueue(new Candidate("b", "other"));
        lane.run();
        assertThat(nodes.candidacies).hasSize(1);
    }

    @Test
    void workIsRefusedWithoutLeadership() {
        assertThatThrownBy(() -> election.inLeadership(fence -> "done"))
                .isInstanceOf(NotLeaderException.class)
                .hasMessageContaining("billing");
    }

    @Test
    void commitsForTheNodeOfTheLeadershipAndForNoLaterOne() {
        joinAndLead();

        election.inLeadership(fence -> {
            fence.commit();
            election.resign();
            assertThatThrownBy(fence::commit).isInstanceOf(NotLeaderException.class);
            return fence.token();
        });

        assertThat(nodes.commits).containsExactly("/leader/billing/a");
    }

    @Test
    void aCandidacyWithoutANodeIsTriedAnewThoughTheConnectionWasGoneInBetween() {
        connection.connected(SESSION);
        election.setCandidate(true);
        lane.run();
        connection.suspended();
        tellConnection();
        lane.pass(Duration.ofSeconds(30));

        // The latch has given up by now: it looks for its node only where the queue exists.
        connection.connected(SESSION);
        tellConnection();
        lane.pass(Duration.ofSeconds(10));

        assertThat(nodes.candidacies).hasSize(2);
        assertThat(nodes.candidacies.get(0).left).isTrue();
    }

    @Test
    void aCandidacyWhoseNodeIsGivenUpAndNotReplacedIsTriedAnew() {
        joinAndLead();
        lane.pass(Duration.ofSeconds(30));
        nodes.last().path = null;
        nodes.last().first = false;

        tellConnection();
        assertThat(election.isLeader()).isFalse();
        lane.pass(Duration.ofSeconds(10));

        assertThat(nodes.candidacies).hasSize(2);
        lead("/leader/billing/b", 200);
        assertThat(election.token().orElseThrow().epoch()).isEqualTo(200);
    }

    @Test
    void aLeadershipEndsWithItsNodeThoughTheLatchHasAnother() {
        election = election(RevokeOn.LOST);
        joinAndLead();
        connection.suspended();
        tellConnection();

        // Somebody has deleted the node, and the latch has queued anew before anybody looked.
        nodes.nodes.clear();
        nodes.nodes.put("/leader/billing/b", new NodeIdentity(200, SESSION));
        nodes.last().path = "/leader/billing/b";
        nodes.last().first = false;
        connection.connected(SESSION);
        tellConnection();

        assertThat(election.isLeader()).isFalse();
        assertThat(nodes.candidacies).hasSize(1);
        lead("/leader/billing/b", 200);
        assertThat(election.token()).contains(new LeadershipToken("billing", 200, "/leader/billing/b"));
        assertThat(events)
                .containsExactly(
                        "LeadershipGrantedEvent true", "LeadershipRevokedEvent false", "LeadershipGrantedEvent true");
    }

    @Test
    void anAnswerForANodeThatTheLatchHasReplacedGrantsNothing() {
        connection.connected(SESSION);
        election.setCandidate(true);
        lane.run();
        CompletableFuture<Optional<NodeIdentity>> late = new CompletableFuture<>();
        nodes.held = late;
        nodes.last().elect("/leader/billing/a");
        lane.run();

        nodes.held = null;
        nodes.nodes.put("/leader/billing/b", new NodeIdentity(200, SESSION));
        nodes.last().path = "/leader/billing/b";
        late.complete(Optional.of(new NodeIdentity(100, SESSION)));
        lane.run();

        assertThat(election.token()).contains(new LeadershipToken("billing", 200, "/leader/billing/b"));
    }

    @Test
    void aNodeThatWasNotSeenIsAskedForAgain() {
        connection.connected(SESSION);
        election.setCandidate(true);
        lane.run();
        nodes.held = CompletableFuture.failedFuture(throttled());
        lead("/leader/billing/a", 100);
        assertThat(election.isLeader()).isFalse();

        nodes.held = null;
        lane.pass(Duration.ofSeconds(1));

        assertThat(election.isLeader()).isTrue();
    }

    @Test
    void aQueueThatWasNotSeenIsReadAgain() {
        nodes.queue = List.of(new Candidate("a", "first"));
        nodes.queueFailure = throttled();
        connection.connected(SESSION);
        election.setCandidate(true);
        lane.run();
        assertThat(election.leader()).isEmpty();

        lane.pass(Duration.ofSeconds(1));

        assertThat(election.leader()).contains(new Participant("first", true));
    }

    private static QueueException throttled() {
        return new QueueException(KeeperException.create(KeeperException.Code.THROTTLEDOP, "/leader/billing"));
    }

    @Test
    void theQueueIsWatchedByTheSameHoweverOftenItIsRead() {
        joinAndLead();
        tellConnection();
        tellConnection();

        assertThat(nodes.watchers).hasSizeGreaterThan(2).containsOnly(nodes.watchers.get(0));
    }
}
