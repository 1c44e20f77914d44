package io.quorate.core.election;

import static io.quorate.core.election.Electorate.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.quorum.Hierarchy;
import io.quorate.core.quorum.Membership;
import io.quorate.core.wire.peer.PeerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What operators know of elections (quorum protocol 3.8), for several elections with their meshes over a network that
 * delivers in another order with every seed. What a single server does is in {@link ElectionRulesTest}.
 */
final class ElectorateTest {

    private static final int SEEDS = 200;
    private static final long MAX_DELAY = 2 * MILLI;
    /** Far more than an election takes, and less than the longest repetition twice. */
    private static final long SOON = 3000 * MILLI;

    private static final Membership FIVE = Ensembles.voters(1, 2, 3, 4, 5);

    private static void forEachSeed(LongConsumer run) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            run.accept(seed);
        }
    }

    private static Electorate started(long seed, Membership membership) {
        Electorate ensemble = new Electorate(seed, membership, MAX_DELAY);
        startAll(ensemble);
        return ensemble;
    }

    private static void startAll(Electorate ensemble) {
        ensemble.servers.values().forEach(server -> server.start(ensemble.network.random.nextLong(5 * MILLI)));
    }

    // ------------------------------------------------------------------------------------------------------- starting

    @Test
    void fiveThatStartOneAfterTheOtherElectTheThird() {
        forEachSeed(seed -> {
            Electorate ensemble = new Electorate(seed, FIVE, MAX_DELAY);
            for (long id = 1; id <= 5; id++) {
                ensemble.server(id).start(0);
                ensemble.runUntil(id * 1000 * MILLI);
                if (id < 3) {
                    assertThat(ensemble.decisions).isEmpty();
                } else {
                    assertThat(ensemble.allSettledOn(3))
                            .as("seed %s, %s", seed, ensemble.servers)
                            .isTrue();
                }
            }
            assertThat(ensemble.decisions).as("nobody had to think again").hasSize(5);
        });
    }

    @Test
    void thatTheyStartInAnotherOrderMakesTheLargestOfTheFirstThreeTheLeader() {
        forEachSeed(seed -> {
            Electorate ensemble = new Electorate(seed, FIVE, MAX_DELAY);
            List<Long> order = new ArrayList<>(List.of(1L, 2L, 3L, 4L, 5L));
            for (int i = order.size(); i > 1; i--) {
                order.add(order.remove(ensemble.network.random.nextInt(i)));
            }
            for (long id : order) {
                ensemble.server(id).start(0);
                ensemble.runUntil(ensemble.network.now() + 1000 * MILLI);
            }
            long expected =
                    order.stream().limit(3).max(Comparator.naturalOrder()).orElseThrow();
            assertThat(ensemble.allSettledOn(expected))
                    .as("seed %s, %s, %s", seed, order, ensemble.servers)
                    .isTrue();
        });
    }

    @Test
    void allThatStartAtOnceElectTheLargestId() {
        forEachSeed(seed -> {
            Electorate ensemble = started(seed, FIVE);
            ensemble.settleOn(5, SOON);
            assertThat(ensemble.decisions)
                    .as("seed %s: nobody had to think again", seed)
                    .hasSize(5);
        });
    }

    // -------------------------------------------------------------------------------------------------------- failing

    @Test
    void afterAFailureTheLargestEpochWinsThenTheZxidThenTheId() {
        forEachSeed(seed -> {
            Electorate ensemble = started(seed, FIVE);
            ensemble.settleOn(5, SOON);
            SplittableRandom random = new SplittableRandom(seed);
            for (Electorate.Server server : ensemble.servers.values()) {
                server.epoch = 1 + random.nextInt(2);
                server.zxid = server.epoch << 32 | random.nextInt(2);
            }
            ensemble.server(5).kill(random.nextBoolean());

            long best = ensemble.servers.values().stream()
                    .filter(server -> server.up)
                    .max(Comparator.<Electorate.Server>comparingLong(server -> server.epoch)
                            .thenComparing(server -> server.zxid)
                            .thenComparing(server -> server.id))
                    .orElseThrow()
                    .id;
            ensemble.settleOn(best, SOON);
        });
    }

    @Test
    void whoComesBackJoinsWhoLeadsAlthoughItIsLargerAndTheOthersAreNotDisturbed() {
        forEachSeed(seed -> {
            Electorate ensemble = started(seed, FIVE);
            ensemble.settleOn(5, SOON);
            ensemble.server(5).kill(false);
            ensemble.settleOn(4, SOON);
            long epoch = ensemble.server(4).epoch;
            long round = ensemble.server(4).election.round();
            ensemble.decisions.clear();

            ensemble.server(5).start(0);
            long startedAt = ensemble.network.now();
            ensemble.settleOn(4, SOON);

            assertThat(ensemble.decisions).as("seed %s", seed).singleElement().satisfies(decision -> {
                assertThat(decision.serverId()).isEqualTo(5);
                // To connect takes one way there and one back, and so does to ask: no timer has a part in it.
                assertThat(decision.atNanos() - startedAt).isLessThanOrEqualTo(8 * MAX_DELAY);
            });
            assertThat(ensemble.server(4).epoch).isEqualTo(epoch);
            assertThat(ensemble.server(4).election.round()).isEqualTo(round);
        });
    }

    @Test
    void whoHasLookedInVainManyTimesJoinsWhoLeads() {
        forEachSeed(seed -> {
            Electorate ensemble = started(seed, FIVE);
            ensemble.settleOn(5, SOON);
            ensemble.isolate(2L);
            ensemble.runUntil(ensemble.network.now() + 2000 * MILLI);
            for (int i = 0; i < 50; i++) {
                ensemble.server(2).look();
            }
            assertThat(ensemble.server(2).election.state()).isEqualTo(PeerState.LOOKING);
            long round = ensemble.server(5).election.round();
            ensemble.decisions.clear();
            ensemble.network.heal();

            ensemble.settleOn(5, SOON + ElectionTiming.DEFAULTS.maxNotificationNanos());
            assertThat(ensemble.decisions).as("seed %s", seed).hasSize(1);
            assertThat(ensemble.server(2).election.round()).isEqualTo(round);
            assertThat(ensemble.server(5).election.round()).isEqualTo(round);
        });
    }

    @Test
    void whoLostItsLinkToALeaderThatIsWellJoinsAgainAndNobodyElseNotices() {
        forEachSeed(seed -> {
            Electorate ensemble = started(seed, FIVE);
            ensemble.settleOn(5, SOON);
            ensemble.runUntil(1000 * MILLI);
            long round = ensemble.server(5).election.round();
            ensemble.decisions.clear();
            long lostAt = ensemble.network.now();
            ensemble.server(1).look();
            ensemble.settleOn(5, SOON);

            assertThat(ensemble.decisions).as("seed %s", seed).singleElement().satisfies(decision -> {
                assertThat(decision.serverId()).isEqualTo(1);
                assertThat(decision.atNanos() - lostAt).isLessThanOrEqualTo(2 * MAX_DELAY);
            });
            assertThat(ensemble.servers.values())
                    .allMatch(server -> server.election.round() == round && server.epoch == 1);
        });
    }

    @Test
    void theSideWithAQuorumElectsAndTheOtherSideJoinsItWhenTheyMeetAgain() {
        forEachSeed(seed -> {
            Electorate ensemble = started(seed, FIVE);
            ensemble.settleOn(5, SOON);
            ensemble.isolate(4L, 5L);
            ensemble.decisions.clear();
            ensemble.runUntil(ensemble.network.now() + 30_000 * MILLI);
            assertThat(ensemble.decisions).as("seed %s", seed).hasSize(3).allMatch(decision -> decision.leader() == 3);
            assertThat(ensemble.server(4).election.state()).isEqualTo(PeerState.LOOKING);
            assertThat(ensemble.server(5).election.state()).isEqualTo(PeerState.LOOKING);

            ensemble.network.heal();
            ensemble.settleOn(3, SOON + ElectionTiming.DEFAULTS.maxNotificationNanos());
            assertThat(ensemble.server(3).epoch).isEqualTo(2);
        });
    }

    /** Every wait by time would show: the shortest is as long as 25 of the longest deliveries. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void whenTheProcessOfALeaderDiesNobodyWaitsForATimer(int size) {
        Membership membership = Ensembles.voters(LongStream.rangeClosed(1, size).toArray());
        forEachSeed(seed -> {
            Electorate ensemble = new Electorate(seed, membership, MAX_DELAY);
            long first = 1 + ensemble.network.random.nextInt(size);
            ensemble.server(first).zxid = 7;
            startAll(ensemble);
            ensemble.settleOn(first, SOON);
            ensemble.runUntil(ensemble.network.now() + 500 * MILLI);
            ensemble.decisions.clear();

            long diedAt = ensemble.network.now();
            ensemble.server(first).kill(false);
            ensemble.settle(SOON);
            assertThat(ensemble.decisions)
                    .as("seed %s: server %s dies at %s", seed, first, diedAt)
                    .hasSize(size - 1)
                    .allMatch(decision -> decision.atNanos() - diedAt <= 7 * MAX_DELAY);
        });
    }

    // --------------------------------------------------------------------------------------------- who does not count

    @Test
    void aMinorityNeverDecides() {
        forEachSeed(seed -> {
            Electorate ensemble = new Electorate(seed, FIVE, MAX_DELAY);
            long one = 1 + seed % 5;
            long other = 1 + (seed + 1 + seed / 5 % 4) % 5;
            ensemble.server(one).start(0);
            ensemble.server(other).start(ensemble.network.random.nextLong(500 * MILLI));
            ensemble.runUntil(20_000 * MILLI);
            ensemble.server(one).kill(false);
            ensemble.server(one).start(0);
            ensemble.runUntil(40_000 * MILLI);
            assertThat(one).isNotEqualTo(other);
            assertThat(ensemble.decisions).as("seed %s", seed).isEmpty();

            ensemble.servers.values().stream().filter(server -> !server.up).forEach(server -> server.start(0));
            ensemble.settle(SOON);
        });
    }

    @Test
    void observersAreNeverElectedNorCounted() {
        Membership membership = Ensembles.withObservers(List.of(4L, 5L), 1, 2, 3);
        forEachSeed(seed -> {
            Electorate ensemble = new Electorate(seed, membership, MAX_DELAY);
            for (long observer : List.of(4L, 5L)) {
                ensemble.server(observer).epoch = 9;
                ensemble.server(observer).zxid = 9L << 32;
                ensemble.server(observer).start(0);
            }
            ensemble.server(2).start(0);
            ensemble.runUntil(10_000 * MILLI);
            assertThat(ensemble.decisions)
                    .as("seed %s: one of three voters", seed)
                    .isEmpty();

            ensemble.server(1).start(0);
            ensemble.settleOn(2, SOON + ElectionTiming.DEFAULTS.maxNotificationNanos());
            assertThat(ensemble.server(5).election.state()).isEqualTo(PeerState.OBSERVING);
        });
    }

    @Test
    void aVoterOfWeightZeroIsNeverElectedNorCounted() {
        TreeMap<Long, List<Long>> groups = new TreeMap<>();
        groups.put(1L, List.of(1L, 2L, 3L, 4L, 5L));
        TreeMap<Long, Long> weights = new TreeMap<>();
        weights.put(4L, 0L);
        weights.put(5L, 0L);
        Membership membership = Membership.of(0, FIVE.servers(), new Hierarchy(groups, weights));
        forEachSeed(seed -> {
            Electorate ensemble = new Electorate(seed, membership, MAX_DELAY);
            for (long weightless : List.of(4L, 5L)) {
                ensemble.server(weightless).epoch = 9;
                ensemble.server(weightless).zxid = 9L << 32;
                ensemble.server(weightless).start(0);
            }
            ensemble.server(3).start(0);
            ensemble.runUntil(10_000 * MILLI);
            assertThat(ensemble.decisions)
                    .as("seed %s: a third of the weight", seed)
                    .isEmpty();

            ensemble.server(1).start(0);
            ensemble.settleOn(3, SOON + ElectionTiming.DEFAULTS.maxNotificationNanos());
        });
    }

    // ----------------------------------------------------------------------------------------------------- all of it

    @Test
    void whateverHappensTheyAgreeInTheEndAndNoEpochHasTwoLeaders() {
        forEachSeed(seed -> {
            Electorate ensemble = started(seed, FIVE);
            SplittableRandom random = new SplittableRandom(seed);
            TreeMap<Long, Long> leaderOfEpoch = new TreeMap<>();
            for (int i = 0; i < 30; i++) {
                Electorate.Server server = ensemble.server(1 + random.nextInt(5));
                int what = random.nextInt(10);
                if (what == 0) {
                    ensemble.network.heal();
                } else if (what == 1) {
                    ensemble.isolate(server.id, (long) 1 + random.nextInt(5));
                } else if (server.up) {
                    server.kill(random.nextBoolean());
                } else {
                    server.start(random.nextLong(20 * MILLI));
                }
                long until = ensemble.network.now() + random.nextLong(1 << 1 + random.nextInt(9)) * MILLI;
                ensemble.runUntil(until, () -> {
                    recordLeaders(seed, ensemble, leaderOfEpoch);
                    return false;
                });
            }
            ensemble.network.heal();
            ensemble.servers.values().stream().filter(server -> !server.up).forEach(server -> server.start(0));
            ensemble.settle(SOON + ElectionTiming.DEFAULTS.maxNotificationNanos() + 5000 * MILLI);
            recordLeaders(seed, ensemble, leaderOfEpoch);
            assertThat(leaderOfEpoch).isNotEmpty();
        });
    }

    private static void recordLeaders(long seed, Electorate ensemble, TreeMap<Long, Long> leaderOfEpoch) {
        for (Electorate.Server server : ensemble.servers.values()) {
            if (server.up && server.established && server.leader == server.id) {
                Long before = leaderOfEpoch.put(server.epoch, server.id);
                assertThat(before == null || before == server.id)
                        .as("seed %s: epoch %s is of %s and of %s", seed, server.epoch, before, server.id)
                        .isTrue();
            }
        }
    }
}
