package io.quorate.cloud.zk.leader;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.TestApplication;
import io.quorate.cloud.zk.queue.NodeName;
import io.quorate.cloud.zk.test.ZkRoute;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.listen.UnaryListenerManager;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ZkTest
class LeaderElectionIT {

    /** Of those whose session nothing but a test ends, however long the machine lets them wait. */
    private static final Duration LASTING = Duration.ofSeconds(30);
    /**
     * Of one whose session is to time out. A third of it lies between the moment when its client gives a silent
     * connection up and the moment when the server ends the session.
     */
    private static final Duration MORTAL = Duration.ofSeconds(6);

    private static final Duration RECONCILE = Duration.ofMinutes(5);
    private static final int DISTURBANCES = 8;

    private final ZkServer server;
    private final List<Candidate> candidates = new ArrayList<>();
    /** A role of its own for each test. */
    private String role = "";

    /** One application that takes part, on a way of its own. */
    private final class Candidate implements AutoCloseable {

        private final String id;
        private final ZkRoute route = server.route();
        private final TestApplication application;
        private final ZkLeaderElections elections;
        private final LeaderElection election;

        Candidate(String id) {
            this(id, LASTING);
        }

        Candidate(String id, Duration session) {
            this.id = id;
            application = TestApplication.connect(route.connectString(), session);
            ZkLeaderProperties properties =
                    new ZkLeaderProperties(true, "/leader", List.of(), id, RevokeOn.SUSPENDED, true);
            elections = new ZkLeaderElections(
                    application.client(),
                    application.monitor(),
                    application.scheduler(),
                    application.events(),
                    new ElectionSettings(properties, () -> id, RECONCILE));
            election = elections.role(role);
            candidates.add(this);
        }

        Candidate join() {
            elections.start();
            await().until(() -> election.participants().stream()
                    .anyMatch(participant -> participant.id().equals(id)));
            return this;
        }

        Candidate lead() {
            join();
            await().until(election::isLeader);
            return this;
        }

        /** As if the client had said so. */
        void tell(ConnectionState state) {
            ((UnaryListenerManager<ConnectionStateListener>)
                            application.client().getConnectionStateListenable())
                    .forEach(listener -> listener.stateChanged(application.client(), state));
        }

        /** Of its leadership, which it waits for: on a busy machine connections are lost for moments. */
        LeadershipToken token() {
            return await().until(election::token, Optional::isPresent).orElseThrow();
        }

        /** Of its leadership; 0 when it does not lead. */
        long epoch() {
            return election.token().map(LeadershipToken::epoch).orElse(0L);
        }

        List<LeadershipGrantedEvent> granted() {
            return application.published(LeadershipGrantedEvent.class);
        }

        List<LeadershipRevokedEvent> revoked() {
            return application.published(LeadershipRevokedEvent.class);
        }

        @Override
        public void close() {
            route.resume();
            elections.close();
            application.close();
        }
    }

    LeaderElectionIT(ZkServer server) {
        this.server = server;
    }

    @BeforeEach
    void chooseRole() {
        role = "role/" + System.nanoTime();
    }

    @AfterEach
    void closeCandidates() {
        candidates.forEach(Candidate::close);
    }

    @Test
    void anotherLeadsWhenTheLeaderIsKilled() {
        Candidate first = new Candidate("first", MORTAL).lead();
        Candidate second = new Candidate("second").join();
        Candidate third = new Candidate("third").join();
        long epoch = first.token().epoch();
        await().until(() -> third.election.leader().isPresent());

        first.route.close();

        await().until(() -> !second.granted().isEmpty());
        assertThat(second.granted()).hasSize(1);
        assertThat(second.election.isLeader()).isTrue();
        assertThat(third.election.isLeader()).isFalse();
        assertThat(second.election.token().orElseThrow().epoch()).isGreaterThan(epoch);
        await().untilAsserted(() -> assertThat(third.application.published(LeaderChangedEvent.class))
                .extracting(event -> event.leader().map(Participant::id).orElse("none"))
                .containsExactly("first", "second"));
    }

    @Test
    void aLeaderThatIsCutOffStopsBeforeAnotherBegins() throws Exception {
        Candidate first = new Candidate("first", MORTAL).lead();
        Candidate second = new Candidate("second").join();
        LeadershipToken token = first.token();
        Map<String, Boolean> seen = new ConcurrentHashMap<>();
        List<Fence> fences = new CopyOnWriteArrayList<>();
        first.election.inLeadership(fence -> fences.add(fence));

        first.route.pause();
        await().until(() -> {
            // In this order: that the second leads is seen before the first is asked.
            boolean secondLeads = second.election.isLeader();
            if (secondLeads) {
                seen.put("first still leads", first.election.isLeader());
                seen.put("first was revoked", !first.revoked().isEmpty());
            }
            return secondLeads;
        });
        assertThat(seen).containsEntry("first still leads", false).containsEntry("first was revoked", true);

        first.route.resume();
        Fence fence = fences.get(0);
        CuratorOp write = fence.operations().create().forPath("/written-too-late-" + System.nanoTime());
        assertThatThrownBy(() -> fence.commit(write)).isInstanceOf(NotLeaderException.class);
        // The server refuses as well, whatever the former leader believes.
        await().until(() -> first.application.monitor().current().connected());
        LatchElectionNodes nodes = new LatchElectionNodes(first.application.client(), "/leader", role, () -> "first");
        assertThatThrownBy(() -> nodes.commit(token.path(), List.of(write))).isInstanceOf(NotLeaderException.class);
        assertThat(server.client().checkExists().forPath(write.getTypeAndPath().getForPath()))
                .isNull();
        await().untilAsserted(() -> assertThat(second.election.participants()).hasSize(2));
    }

    @Test
    void aShortBlipEndsNothingButTheMoment() {
        Candidate first = new Candidate("first").lead();
        Candidate second = new Candidate("second").join();
        LeadershipToken token = first.token();

        first.route.pause();
        first.route.resume();

        await().until(first.election::isLeader);
        assertThat(first.election.token()).contains(token);
        assertThat(second.granted()).isEmpty();
    }

    @Test
    void anEndedSessionIsFollowedByAnotherCandidacy() {
        Candidate first = new Candidate("first").lead();
        long epoch = first.token().epoch();

        server.expireSession(first.application.client());

        await().until(() -> first.granted().size() == 2 && first.election.isLeader());
        assertThat(first.revoked()).hasSize(1);
        assertThat(first.token().epoch()).isGreaterThan(epoch);
        await().untilAsserted(() -> assertThat(first.election.participants()).hasSize(1));
    }

    @Test
    void aDeletedNodeEndsTheLeadership() throws Exception {
        Candidate first = new Candidate("first").lead();
        LeadershipToken token = first.token();

        server.client().delete().forPath(token.path());

        await().until(() -> first.election
                .token()
                .filter(now -> now.epoch() > token.epoch())
                .isPresent());
        // Events come behind what they tell of, in its order.
        await().until(() -> first.granted().size() == 2);
        assertThat(first.revoked()).hasSize(1);
    }

    @Test
    void resigningHandsOver() {
        Candidate first = new Candidate("first").lead();
        Candidate second = new Candidate("second").join();

        first.election.resign();

        assertThat(first.election.isLeader()).isFalse();
        await().until(second.election::isLeader);
        await().untilAsserted(() -> assertThat(first.election.participants())
                .containsExactly(new Participant("second", true), new Participant("first", false)));
    }

    @Test
    void refusingTrafficHandsOverUntilItIsAcceptedAgain() {
        Candidate first = new Candidate("first").lead();
        Candidate second = new Candidate("second").join();

        first.elections.refuseTraffic(true);
        await().until(second.election::isLeader);
        await().untilAsserted(() -> assertThat(second.election.participants()).hasSize(1));
        first.elections.refuseTraffic(false);

        await().untilAsserted(() -> assertThat(second.election.participants()).hasSize(2));
    }

    @Test
    void stoppingResignsAndTells() {
        Candidate first = new Candidate("first").lead();

        first.elections.stop(Duration.ofSeconds(20));

        assertThat(first.election.isLeader()).isFalse();
        assertThat(first.revoked()).hasSize(1);
        await().until(() -> server.client()
                        .checkExists()
                        .forPath(first.granted().get(0).token().path())
                == null);
    }

    @Test
    void commitsWhatALeaderWritesAndNamesWhatIsRefused() throws Exception {
        Candidate first = new Candidate("first").lead();
        String path = "/written-" + System.nanoTime();

        Set<String> paths = first.election.inLeadership(fence -> {
            var results = fence.commit(operation(fence, path));
            return Set.of(results.get(0).getForPath());
        });

        assertThat(paths).containsExactly(path);
        assertThat(server.client().checkExists().forPath(path)).isInstanceOf(Stat.class);
        assertThatThrownBy(() -> first.election.inLeadership(fence -> fence.commit(operation(fence, path))))
                .isInstanceOf(FencedTransactionException.class)
                .hasCauseInstanceOf(KeeperException.NodeExistsException.class);
    }

    private static CuratorOp operation(Fence fence, String path) {
        try {
            return fence.operations().create().forPath(path);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void takesTurnsWithAPlainLatchOfCurator() throws Exception {
        role = "plain-" + System.nanoTime();
        LeaderLatch latch = new LeaderLatch(server.client(), "/leader/" + role, "curator");
        latch.start();
        latch.await();
        Candidate ours = new Candidate("ours").join();
        await().untilAsserted(() -> assertThat(ours.election.leader()).contains(new Participant("curator", true)));
        assertThat(ours.election.isLeader()).isFalse();

        latch.close();

        await().until(ours.election::isLeader);
    }

    @Test
    void nobodyLeadsOnTheWordOfAServerThatIsReadOnly() {
        Candidate first = new Candidate("first").lead();

        first.tell(ConnectionState.READ_ONLY);
        assertThat(first.election.isLeader()).isFalse();
        await().until(() -> first.revoked().size() == 1);

        first.tell(ConnectionState.RECONNECTED);
        await().until(first.election::isLeader);
    }

    /** A connection may go at any step: requests and answers are lost, now and then a session, and leaders resign. */
    @Test
    void oneLeadsAtATimeWhileConnectionsAreLost() throws Exception {
        List<Candidate> three = List.of(new Candidate("first"), new Candidate("second"), new Candidate("third"));
        three.forEach(candidate -> candidate.elections.start());
        AtomicBoolean disturbing = new AtomicBoolean(true);
        CompletableFuture<Long> largest = CompletableFuture.supplyAsync(() -> watchEpochs(three, disturbing));

        for (int round = 0; round < DISTURBANCES; round++) {
            await().until(() -> leaderOf(three).isPresent());
            Candidate victim = leaderOf(three).orElse(three.get(0));
            switch (round % 4) {
                case 0, 2 -> {
                    // Its client knows that the connection is gone, and nothing of the session.
                    victim.route.pause();
                    victim.route.cut();
                    await().until(() -> !victim.application.monitor().current().connected());
                    server.expireSession(victim.application.client());
                    await().until(() -> leaderOf(three).isPresent());
                    victim.route.resume();
                }
                case 1 -> three.forEach(candidate -> candidate.route.cut());
                default -> {
                    victim.route.cut();
                    three.forEach(candidate -> candidate.election.resign());
                }
            }
            await().until(() -> three.stream()
                    .allMatch(candidate ->
                            candidate.application.monitor().current().connected()));
        }
        disturbing.set(false);

        assertThat(largest.get(20, TimeUnit.SECONDS)).isPositive();
        await().untilAsserted(() -> assertThat(three)
                .filteredOn(candidate -> candidate.election.isLeader())
                .hasSize(1));
        await().untilAsserted(
                        () -> assertThat(server.client().getChildren().forPath("/leader/" + NodeName.encode(role)))
                                .hasSize(three.size()));
        assertThat(three)
                .allSatisfy(candidate -> await().untilAsserted(() ->
                        assertThat(candidate.election.participants()).hasSize(three.size())));
    }

    private static Optional<Candidate> leaderOf(List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.election.isLeader())
                .findFirst();
    }

    /** The largest epoch that was seen while leadership was disturbed. */
    private static long watchEpochs(List<Candidate> candidates, AtomicBoolean disturbing) {
        long seen = 0;
        while (disturbing.get()) {
            for (Candidate candidate : candidates) {
                long before = candidate.epoch();
                long others = candidates.stream()
                        .filter(other -> other != candidate)
                        .mapToLong(Candidate::epoch)
                        .max()
                        .orElse(0);
                boolean stood = before != 0 && before == candidate.epoch();
                assertThat(stood && others != 0).as("two lead").isFalse();
                assertThat(stood && before < seen)
                        .as("an earlier leader leads again")
                        .isFalse();
                seen = Math.max(seen, before);
            }
        }
        return seen;
    }
}
