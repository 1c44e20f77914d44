package io.quorate.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.simulation.network.Members.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimNetworkTest {

    private static final long SECOND = 1_000_000_000L;

    private final Members members = new Members(11, 5);
    private final SimNetwork network = members.network;
    private final Member one = members.get(1);
    private final Member two = members.get(2);

    private static String text(int size) {
        StringBuilder text = new StringBuilder(size);
        for (int i = 0; text.length() < size; i++) {
            text.append(i).append(' ');
        }
        return text.substring(0, size);
    }

    private SimConnection onlyConnection() {
        assertThat(network.connections()).hasSize(1);
        return network.connections().get(0);
    }

    /** Whether what the one sends on a new connection reaches the other. */
    private boolean reaches(long from, long to) {
        long link = members.get(from).connectTo(to);
        int before = members.get(to).accepted.size();
        members.run(1500);
        boolean accepted = members.get(to).accepted.size() > before;
        assertThat(members.get(from).events.contains("connected " + link)).isEqualTo(accepted);
        members.get(from).links.close(link);
        members.run(20);
        return accepted;
    }

    private Set<String> reachable() {
        Set<String> pairs = new HashSet<>();
        for (long from = 1; from <= 5; from++) {
            for (long to = 1; to <= 5; to++) {
                if (from != to && reaches(from, to)) {
                    pairs.add(from + "" + to);
                }
            }
        }
        return pairs;
    }

    private static Set<String> both(String... pairs) {
        Set<String> all = new HashSet<>();
        for (String pair : pairs) {
            all.add(pair);
            all.add(new StringBuilder(pair).reverse().toString());
        }
        return all;
    }

    @Test
    void halvesDoNotReachEachOther() {
        network.partition(List.of(1L, 2L), List.of(3L, 4L, 5L));
        assertThat(reachable()).isEqualTo(both("12", "34", "35", "45"));
        network.heal();
        assertThat(reachable()).hasSize(20);
    }

    @Test
    void oneMayBeAlone() {
        network.isolate(4);
        assertThat(reachable()).isEqualTo(both("12", "13", "15", "23", "25", "35"));
    }

    @Test
    void aBridgeReachesBothSides() {
        network.bridge(3);
        assertThat(reachable()).isEqualTo(both("12", "45", "31", "32", "34", "35"));
    }

    @Test
    void inARingEverybodyReachesTwo() {
        network.ring();
        assertThat(reachable()).isEqualTo(both("12", "23", "34", "45", "51"));
    }

    @Test
    void whatAPartitionHoldsBackArrivesBehindIt() {
        long[] link = members.pair(1, 2);
        network.isolate(1);
        one.send(link[0], text(5000));
        two.send(link[1], text(300));
        members.run(3000);
        assertThat(two.received(link[1])).isEmpty();
        assertThat(one.received(link[0])).isEmpty();
        assertThat(network.connections()).hasSize(1);
        network.heal();
        members.run(20);
        assertThat(two.received(link[1])).isEqualTo(text(5000));
        assertThat(one.received(link[0])).isEqualTo(text(300));
    }

    @Test
    void aDialThroughAPartitionSucceedsWhenItHealsInTime() {
        network.isolate(2);
        long link = one.connectTo(2);
        members.run(1500);
        network.heal();
        members.run(1100);
        assertThat(one.events).containsExactly("connected " + link);
        network.isolate(2);
        long late = one.connectTo(2);
        members.run(Members.TIMEOUT_MILLIS + 1);
        assertThat(one.events).endsWith("closed " + late);
    }

    /** The side whose way is lost still hears the other, which fills its window and then goes no further. */
    @Test
    void oneWayMayBeLost() {
        long[] link = members.pair(1, 2);
        network.loseOneWay(1, 2);
        one.send(link[0], "into the void");
        for (int i = 0; i < 30; i++) {
            two.send(link[1], text(100_000));
            members.run(10);
        }
        assertThat(two.received(link[1])).isEmpty();
        assertThat(one.received(link[0]).length()).isBetween(200_000, 600_000);
        assertThat(two.events).endsWith("full " + link[1]);
        assertThat(reaches(1, 2)).isFalse();
        assertThat(reaches(2, 1)).as("an answer is needed too").isFalse();

        network.heal();
        members.run(50);
        assertThat(two.received(link[1])).isEqualTo("into the void");
        assertThat(one.received(link[0]))
                .hasSize(3_000_000)
                .isEqualTo(text(100_000).repeat(30));
        assertThat(two.events).endsWith("writable " + link[1]);
    }

    @Test
    void aStallHoldsEverythingBackForAWhile() {
        long[] link = members.pair(1, 2);
        network.stall(onlyConnection(), 2 * SECOND);
        one.send(link[0], "late");
        two.send(link[1], "too");
        members.run(1900);
        assertThat(two.received(link[1]) + one.received(link[0])).isEmpty();
        members.run(200);
        assertThat(two.received(link[1])).isEqualTo("late");
        assertThat(one.received(link[0])).isEqualTo("too");
    }

    /** Over many seeds: a beginning of what was sent arrives, sometimes all of it, sometimes nothing. */
    @Test
    void aResetLosesTheLastPartInEitherDirection() {
        Set<Integer> there = new HashSet<>();
        Set<Integer> back = new HashSet<>();
        for (long seed = 1; seed <= 60; seed++) {
            Members few = new Members(seed, 2);
            long[] link = few.pair(1, 2);
            for (int i = 0; i < 20; i++) {
                few.get(1).send(link[0], "0123456789");
                few.get(2).send(link[1], "0123456789");
                few.get(1).links.flush();
                few.get(2).links.flush();
            }
            few.network.reset(few.network.anyConnection());
            few.run(20);
            assertThat(few.get(1).hasClosed(link[0])).isTrue();
            assertThat(few.get(2).hasClosed(link[1])).isTrue();
            assertThat("0123456789".repeat(20)).startsWith(few.get(2).received(link[1]));
            assertThat("0123456789".repeat(20)).startsWith(few.get(1).received(link[0]));
            assertThat(few.network.connections()).isEmpty();
            there.add(few.get(2).received(link[1]).length());
            back.add(few.get(1).received(link[0]).length());
        }
        assertThat(there).hasSizeGreaterThan(20);
        assertThat(back).hasSizeGreaterThan(20);
    }

    @Test
    void oneSideMayBelieveInAConnectionThatTheOtherHasLost() {
        long[] link = members.pair(1, 2);
        network.halfOpen(onlyConnection(), 2);
        for (int i = 0; i < 20; i++) {
            one.send(link[0], text(100_000));
            members.run(100);
        }
        assertThat(two.hasClosed(link[1])).isTrue();
        assertThat(two.received(link[1])).isEmpty();
        assertThat(one.hasClosed(link[0])).isFalse();
        assertThat(one.events).endsWith("full " + link[0]);
        one.links.close(link[0]);
        members.run(6000);
        assertThat(one.hasClosed(link[0])).isTrue();
        assertThat(network.connections()).isEmpty();
    }

    @Test
    void aServerThatDiesIsMissedByAll() {
        long[] fromOne = members.pair(1, 2);
        long[] toThree = members.pair(2, 3);
        two.send(toThree[0], text(10_000));
        network.kill(2);
        members.run(20);
        assertThat(one.hasClosed(fromOne[0])).isTrue();
        assertThat(members.get(3).hasClosed(toThree[1])).isTrue();
        assertThat(text(10_000)).startsWith(members.get(3).received(toThree[1]));
        assertThat(two.events).as("the dead hear nothing").doesNotContain("closed " + fromOne[1]);

        long refused = one.connectTo(2);
        members.run(20);
        assertThat(one.hasClosed(refused)).as("at once").isTrue();
        SimPeerLinks former = two.links;
        two.start();
        assertThat(reaches(1, 2)).isTrue();
        former.send(toThree[0], java.nio.ByteBuffer.allocate(10));
        assertThat(former.connect(Purpose.QUORUM, "host1", Members.QUORUM_PORT, 100))
                .isPositive();
        former.flush();
        members.run(20);
        assertThat(one.accepted).as("a dead server does nothing").isEmpty();
    }

    @Test
    void aMachineThatVanishesIsNotMissedUntilItComesBack() {
        long[] link = members.pair(1, 2);
        network.vanish(2);
        one.send(link[0], "are you there");
        long unanswered = one.connectTo(2);
        members.run(4000);
        assertThat(one.hasClosed(link[0])).isFalse();
        assertThat(one.hasClosed(unanswered)).isFalse();
        members.run(1100);
        assertThat(one.hasClosed(unanswered)).as("given up").isTrue();

        two.start();
        members.run(20);
        assertThat(one.hasClosed(link[0])).as("it knows nothing of it").isTrue();
        assertThat(two.received(link[1])).isEmpty();
        assertThat(reaches(1, 2)).isTrue();
    }

    /** Seed 423 of the simulated ensembles: an observer waited for ever for what its connection would never say. */
    @Test
    void aResetThatIsLostWithAMachineIsMadeUpForWhenItComesBack() {
        List<Long> links = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            links.add(members.pair(1, 2)[0]);
        }
        for (SimConnection connection : network.connections()) {
            network.stall(connection, SECOND);
            network.reset(connection);
        }
        network.vanish(2);
        members.run(2000);
        two.start();
        links.forEach(link -> one.send(link, "are you there"));
        members.run(2000);
        assertThat(links).allMatch(one::hasClosed);
    }

    @Test
    void aMemberThatHasMovedIsFoundThere() {
        network.place(2, "elsewhere", 1, 2);
        long old = one.connectTo(2);
        long moved = one.links.connect(Purpose.ELECTION, "elsewhere", 1, 1000);
        members.run(20);
        assertThat(one.events).contains("closed " + old, "connected " + moved);
        assertThat(two.events).containsExactly("accepted " + two.accepted.get(0) + " ELECTION host1");
    }

    @Test
    void bytesAreCutAnywhere() {
        Members few = new Members(3, 2);
        long[] link = few.pair(1, 2);
        for (int i = 0; i < 1000; i++) {
            few.get(1).send(link[0], text(40));
            few.run(1);
        }
        few.run(20);
        assertThat(new HashSet<>(few.get(2).pieces)).as("every size there is").hasSize(40);
        assertThat(few.get(2).received(link[1])).isEqualTo(text(40).repeat(1000));
    }

    private static long hashOf(long seed) {
        Members some = new Members(seed, 5);
        for (int round = 0; round < 40; round++) {
            long from = 1 + round % 5;
            long link = some.get(from).connectTo(1 + (from + round / 5) % 5);
            some.get(from).send(link, text(1000));
            some.run(3);
            if (round % 7 == 3) {
                some.network.isolate(from);
            } else if (round % 7 == 6) {
                some.network.heal();
            }
            SimConnection any = some.network.anyConnection();
            if (any != null && round % 3 == 0) {
                some.network.reset(any);
            }
        }
        some.run(100);
        return some.trace.hash();
    }

    @Test
    void theSameSeedIsTheSameRun() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            long hash = hashOf(seed);
            assertThat(hashOf(seed)).isEqualTo(hash);
            hashes.add(hash);
        }
        assertThat(hashes).hasSize(20);
    }
}
