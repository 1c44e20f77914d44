package io.quorate.core.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Who dials whom, which connection stays, and what is given up when (quorum protocol 2.2, 2.3), for server 2 of the
 * voters 1 to 3 and the observer 4. What goes over the connections is in {@link ElectionMeshMessagesTest}.
 */
final class ElectionMeshTest {

    private static final long PAUSE = MeshBench.PAUSE_NANOS;

    private final MeshBench bench = new MeshBench(2, Ensembles.withObservers(List.of(4L), 1, 2, 3));
    private final FakeLinks links = bench.links;
    private final ElectionMesh mesh = bench.mesh;

    // ----------------------------------------------------------------------------------- who keeps the connection, 2.2

    @Test
    void theOneThatItDialsToASmallerIdIsKept() {
        bench.send(1, 11);
        FakeLinks.Dial dial = bench.dialled();
        assertThat(dial.address()).isEqualTo("h1:3888");
        assertThat(links.takeSends()).as("before it stands").isZero();

        mesh.onConnected(dial.link());

        assertThat(bench.roundsAfterHandshake(dial.link())).containsExactly(11L);
        assertThat(links.isClosed(dial.link())).isFalse();
    }

    @Test
    void theOneThatItDialsToALargerIdOnlySaysWhoItIsAndTheOtherDialsBack() {
        bench.send(3, 11);
        long probe = bench.dialled().link();
        mesh.onConnected(probe);

        assertThat(bench.roundsAfterHandshake(probe)).isEmpty();
        assertThat(links.isClosed(probe)).isTrue();
        assertThat(mesh.unreachable(3)).isFalse();
        bench.lose(probe);
        assertThat(bench.disconnected).isEmpty();

        long back = bench.accept(3);
        assertThat(bench.rounds(back)).containsExactly(11L);
    }

    @Test
    void theOneThatALargerIdDialsIsKept() {
        long link = bench.accept(3);
        assertThat(links.isClosed(link)).isFalse();

        bench.send(3, 5);
        assertThat(bench.rounds(link)).containsExactly(5L);
        assertThat(links.takeDials()).isEmpty();
    }

    @Test
    void theOneThatASmallerIdDialsIsClosedAndDialledBackWhereItSays() {
        long probe = bench.accept();
        bench.bytes(probe, MeshBench.handshake(MeshBench.ONE_ADDRESS, 1, "moved:4888"));

        assertThat(links.isClosed(probe)).isTrue();
        FakeLinks.Dial back = bench.dialled();
        assertThat(back.address()).isEqualTo("moved:4888");
        mesh.onConnected(back.link());
        assertThat(bench.roundsAfterHandshake(back.link())).isEmpty();
        assertThat(links.isClosed(back.link())).isFalse();
        assertThat(bench.refused).isEmpty();
    }

    @Test
    void whenBothDialAtOnceTheLargerOnesAttemptGoesOnAndOneConnectionIsLeft() {
        bench.send(1, 11);
        long ours = bench.dialled().link();
        long probe = bench.accept(1);

        assertThat(links.isClosed(probe)).isTrue();
        assertThat(links.isClosed(ours)).isFalse();
        assertThat(links.takeDials()).isEmpty();
        mesh.onConnected(ours);
        assertThat(bench.roundsAfterHandshake(ours)).containsExactly(11L);
    }

    @Test
    void aNewConnectionOfALargerIdReplacesTheOldOneWithoutALoss() {
        long old = bench.accept(3);
        long fresh = bench.accept(3);

        assertThat(links.isClosed(old)).isTrue();
        assertThat(links.isClosed(fresh)).isFalse();
        bench.lose(old);
        assertThat(bench.disconnected).isEmpty();
        bench.send(3, 5);
        assertThat(bench.rounds(fresh)).containsExactly(5L);
    }

    @Test
    void aHandshakeThatComesLateOnAnOlderConnectionDoesNotReplaceTheNewerOne() {
        long old = bench.accept();
        long fresh = bench.accept(3);
        bench.bytes(old, MeshBench.handshake(3));

        assertThat(links.isClosed(old)).isTrue();
        assertThat(links.isClosed(fresh)).isFalse();
        bench.lose(old);
        bench.send(3, 5);
        assertThat(bench.rounds(fresh)).containsExactly(5L);
        assertThat(bench.disconnected).isEmpty();
        assertThat(bench.refused).isEmpty();
    }

    @Test
    void theOlderConnectionIsTakenWhenTheNewerOneIsGone() {
        long old = bench.accept();
        bench.lose(bench.accept(3));
        bench.bytes(old, MeshBench.handshake(3));

        assertThat(links.isClosed(old)).isFalse();
        bench.send(3, 5);
        assertThat(bench.rounds(old)).containsExactly(5L);
    }

    @Test
    void aSmallerIdThatConnectsHasNoConnectionSoTheOldOneIsDead() {
        long dead = bench.connectTo(1);
        bench.at(2 * PAUSE);
        bench.accept(1);

        assertThat(links.isClosed(dead)).isTrue();
        assertThat(bench.dialledAddresses()).containsExactly("h1:3888");
        bench.lose(dead);
        assertThat(bench.disconnected).as("it is being made again").isEmpty();
    }

    @Test
    void aSmallerIdThatConnectedBeforeOursStoodHasOursByNow() {
        long probe = bench.accept();
        long ours = bench.connectTo(1);
        bench.bytes(probe, MeshBench.handshake(1));

        assertThat(links.isClosed(probe)).isTrue();
        assertThat(links.isClosed(ours)).isFalse();
        assertThat(links.takeDials()).isEmpty();
    }

    @Test
    void aConnectionFromALargerIdEndsTheAttemptToReachIt() {
        bench.send(3, 11);
        long probe = bench.dialled().link();
        long link = bench.accept(3);

        assertThat(links.isClosed(probe)).isTrue();
        assertThat(bench.rounds(link)).containsExactly(11L);
        mesh.onConnected(probe);
        assertThat(links.take(probe).hasRemaining()).as("given up").isFalse();
        bench.lose(probe);
        assertThat(bench.unreachable).isEmpty();
        assertThat(bench.disconnected).isEmpty();
    }

    @Test
    void anotherServerWithOurIdIsRefused() {
        long link = bench.accept(2);

        assertThat(links.isClosed(link)).isTrue();
        assertThat(bench.refused)
                .containsExactly("10.0.0." + link + " another server has the id 2, which is this one's");
        assertThat(links.takeDials()).isEmpty();
    }

    // ------------------------------------------------------------------------------------------------- strangers, 2.2

    @Test
    void anUnknownServerWithALargerIdIsHeardAndAnswered() {
        bench.onHeard = () -> bench.send(9, 77);
        long link = bench.accept(9);
        bench.bytes(link, MeshBench.frame(MeshBench.message(5)));

        assertThat(bench.heardFrom()).containsExactly(9L);
        assertThat(bench.rounds(link)).containsExactly(77L);
    }

    @Test
    void anUnknownServerWithASmallerIdIsDialledWhereItSaysAndAnswered() {
        MeshBench five = new MeshBench(5, Ensembles.voters(4, 5));
        five.onHeard = () -> five.send(2, 77);
        five.accept(2);
        FakeLinks.Dial back = five.dialled();
        assertThat(back.address()).isEqualTo("h2:3888");

        five.mesh.onConnected(back.link());
        five.bytes(back.link(), MeshBench.frame(MeshBench.message(5)));

        assertThat(five.roundsAfterHandshake(back.link())).containsExactly(77L);
    }

    @Test
    void anUnknownServerThatCannotBeDialledIsForgotten() {
        MeshBench five = new MeshBench(5, Ensembles.voters(4, 5));
        long probe = five.accept();
        five.bytes(probe, MeshBench.handshake(MeshBench.ONE_ADDRESS, 2, "0.0.0.0:3888"));

        assertThat(five.links.isClosed(probe)).isTrue();
        five.send(2, 1);
        five.mesh.connectAll();
        assertThat(five.links.takeDials()).isEmpty();
    }

    @Test
    void anonymousObserversAreToldApartAnsweredAndNeverDialled() {
        bench.onHeard = () -> bench.heard.forEach(heard -> bench.send(heard.from(), 77));
        List<Long> observers = List.of(bench.accept(Long.MAX_VALUE), bench.accept(Long.MAX_VALUE));
        for (long link : observers) {
            bench.bytes(link, MeshBench.frame(MeshBench.message(link)));
            assertThat(bench.rounds(link)).containsExactly(77L);
        }

        assertThat(bench.heardFrom()).containsExactly(-1L, -2L);
        bench.lose(observers.get(0));
        bench.send(-1, 78);
        assertThat(links.takeDials()).isEmpty();
    }

    @Test
    void aStrangerIsForgottenWithItsConnection() {
        long link = bench.accept(9);
        bench.send(9, 5);
        assertThat(bench.rounds(link)).containsExactly(5L);
        bench.lose(link);
        assertThat(bench.disconnected).containsExactly(9L);

        bench.send(9, 6);
        assertThat(links.takeDials()).isEmpty();
        assertThat(bench.rounds(bench.accept(9)))
                .as("nothing is repeated to it")
                .isEmpty();
    }

    @Test
    void strangersAreBoundedAndMembersAreStillWelcome() {
        List<Long> strangers = new ArrayList<>();
        for (long id = 1000; id < 1256; id++) {
            strangers.add(bench.accept(id));
        }
        assertThat(bench.refused).isEmpty();

        long tooMany = bench.accept(2000);
        assertThat(links.isClosed(tooMany)).isTrue();
        assertThat(bench.refused).containsExactly("10.0.0." + tooMany + " too many servers that are no members");
        assertThat(links.isClosed(bench.accept(3))).isFalse();
        assertThat(links.isClosed(bench.accept(1000))).as("known already").isFalse();

        bench.lose(strangers.get(7));
        assertThat(links.isClosed(bench.accept(2001))).as("one has gone").isFalse();
        assertThat(links.isClosed(bench.accept(2002))).isTrue();
    }

    @Test
    void strangersThatAreRefusedForWhatTheySayLeaveRoomForOthers() {
        for (long id = 1000; id < 2000; id++) {
            long link = bench.accept(id);
            assertThat(links.isClosed(link)).isFalse();
            bench.bytes(link, new byte[] {0, 0, 0, 0});
            bench.lose(link);
        }
        assertThat(bench.refused).hasSize(1000).allMatch(reason -> reason.contains("of 0 bytes"));
    }

    @Test
    void connectionsAreBoundedAsAWhole() {
        List<Long> silent = new ArrayList<>();
        while (bench.refused.isEmpty()) {
            silent.add(bench.accept());
            assertThat(silent).hasSizeLessThan(2000);
        }
        assertThat(silent).hasSizeGreaterThan(256);
        assertThat(links.isClosed(silent.get(silent.size() - 1))).isTrue();
        assertThat(bench.refused.get(0)).endsWith("too many connections to the election port");

        bench.lose(silent.get(silent.size() - 1));
        bench.lose(silent.get(0));
        assertThat(links.isClosed(bench.accept(3))).isFalse();
    }

    // --------------------------------------------------------------------------------------------------- dialling, 2.3

    @Test
    void oneAttemptAtATime() {
        bench.send(1, 1);
        bench.send(1, 2);
        bench.at(2 * PAUSE);
        bench.send(1, 3);
        mesh.connectAll();

        FakeLinks.Dial dial = bench.dialled();
        assertThat(dial.timeoutMillis()).isEqualTo(MeshBench.CONNECT_MILLIS);
        mesh.onConnected(dial.link());
        mesh.connectAll();
        assertThat(links.takeDials()).isEmpty();
    }

    @Test
    void nobodyIsDialledBeforeSomethingIsSentToIt() {
        mesh.connectAll();
        assertThat(links.takeDials()).isEmpty();

        bench.send(1, 1);
        bench.send(4, 1);
        assertThat(bench.dialledAddresses()).containsExactly("h1:3888", "h4:3888");
    }

    @Test
    void neitherItselfNorWhoIsUnknownIsDialled() {
        bench.send(2, 1);
        bench.send(9, 1);
        mesh.connectAll();

        assertThat(links.takeDials()).isEmpty();
        assertThat(mesh.unreachable(9)).isFalse();
        assertThat(bench.heard).isEmpty();
    }

    @Test
    void aLostConnectionIsToldAndDialledAgainWhenSomethingIsSent() {
        long link = bench.connectTo(1);
        bench.at(PAUSE);
        bench.lose(link);

        assertThat(bench.disconnected).containsExactly(1L);
        assertThat(mesh.owns(link)).isFalse();
        assertThat(mesh.unreachable(1)).as("nobody has tried").isFalse();
        assertThat(links.takeDials()).isEmpty();
        bench.send(1, 2);
        assertThat(bench.dialledAddresses()).containsExactly("h1:3888");
    }

    @Test
    void whenAllIsToBeConnectedWhoeverIsNotIsDialled() {
        bench.connectTo(1);
        bench.lose(bench.accept(3));
        bench.at(PAUSE);
        mesh.connectAll();

        assertThat(bench.dialledAddresses()).containsExactly("h3:3888");
    }

    @Test
    void aFailedAttemptIsToldAndNotRepeatedWithinThePause() {
        bench.send(1, 1);
        bench.lose(bench.dialled().link());
        assertThat(bench.unreachable).containsExactly(1L);
        assertThat(mesh.unreachable(1)).isTrue();

        bench.at(PAUSE - 1);
        assertThat(mesh.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        bench.send(1, 2);
        mesh.connectAll();
        assertThat(links.takeDials()).isEmpty();
        assertThat(mesh.nextDeadlineNanos()).isEqualTo(PAUSE);

        bench.at(PAUSE);
        long again = bench.dialled().link();
        assertThat(mesh.unreachable(1)).as("it is being tried").isFalse();
        mesh.onConnected(again);
        assertThat(bench.roundsAfterHandshake(again)).containsExactly(2L);
        assertThat(mesh.unreachable(1)).isFalse();
        assertThat(mesh.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whoConnectsIsReachableWhateverWasFoundBefore() {
        bench.send(3, 1);
        bench.lose(bench.dialled().link());
        assertThat(mesh.unreachable(3)).isTrue();

        bench.lose(bench.accept(3));
        assertThat(mesh.unreachable(3)).isFalse();
    }

    @Test
    void aBlackHoleHoldsUpNobodyElse() {
        bench.send(1, 1);
        bench.dialled();
        bench.send(4, 1);
        long other = bench.dialled().link();
        bench.send(3, 1);
        long third = bench.dialled().link();
        mesh.onConnected(third);
        mesh.onConnected(other);

        assertThat(mesh.nextDeadlineNanos()).as("nothing is waited for").isEqualTo(Long.MAX_VALUE);
        assertThat(bench.rounds(bench.accept(3))).containsExactly(1L);
        assertThat(mesh.delivered()).isTrue();
        assertThat(mesh.unreachable(1)).as("nothing is known yet").isFalse();
    }

    // -------------------------------------------------------------------------------------------- dialling back, 2.2

    @Test
    void whoConnectsIsDialledBackAtOnceAlthoughThePauseIsNotOver() {
        bench.lose(bench.connectTo(1));
        bench.at(1);
        bench.accept(1);
        assertThat(bench.dialledAddresses())
                .as("after an attempt that succeeded")
                .containsExactly("h1:3888");
    }

    @Test
    void whoConnectsIsDialledBackAtOnceAlthoughItCouldNotBeReachedBefore() {
        bench.send(1, 1);
        bench.lose(bench.dialled().link());
        bench.at(1);
        bench.accept(1);

        assertThat(mesh.unreachable(1)).isFalse();
        assertThat(bench.dialledAddresses()).containsExactly("h1:3888");
    }

    @Test
    void whoKeepsConnectingIsDialledBackTwiceInAPauseAtMost() {
        int dials = 0;
        for (long now = 0; now < 10 * PAUSE; now++) {
            bench.at(now);
            bench.lose(bench.accept(1));
            for (FakeLinks.Dial dial : links.takeDials()) {
                dials++;
                mesh.onConnected(dial.link());
                bench.lose(dial.link());
            }
        }

        assertThat(dials).isBetween(10, 21);
    }

    @Test
    void aDialThatWaitsForThePauseIsNotForgotten() {
        bench.accept(1);
        bench.lose(bench.dialled().link());
        bench.at(1);
        long probe = bench.accept();
        bench.bytes(probe, MeshBench.handshake(MeshBench.ONE_ADDRESS, 1, "moved:4888"));
        assertThat(links.takeDials()).as("the second within a pause").isEmpty();
        assertThat(mesh.unreachable(1)).as("it was there a moment ago").isFalse();
        assertThat(mesh.nextDeadlineNanos()).isEqualTo(PAUSE);

        bench.at(PAUSE);
        assertThat(bench.dialledAddresses()).containsExactly("moved:4888");
    }

    @Test
    void anAttemptThatHangsIsGivenUpForTheAddressThatIsKnownNow() {
        bench.send(1, 1);
        long hanging = bench.dialled().link();
        bench.at(PAUSE);
        long probe = bench.accept();
        bench.bytes(probe, MeshBench.handshake(MeshBench.ONE_ADDRESS, 1, "moved:4888"));

        assertThat(links.isClosed(hanging)).isTrue();
        FakeLinks.Dial back = bench.dialled();
        assertThat(back.address()).isEqualTo("moved:4888");
        bench.lose(hanging);
        assertThat(bench.unreachable).isEmpty();
        mesh.onConnected(back.link());
        assertThat(bench.roundsAfterHandshake(back.link())).containsExactly(1L);
    }

    @Test
    void anAttemptThatHasJustBegunGoesOnAndThenTriesTheAddressThatIsKnownNow() {
        bench.send(1, 1);
        long ours = bench.dialled().link();
        bench.at(PAUSE - 1);
        long probe = bench.accept();
        bench.bytes(probe, MeshBench.handshake(MeshBench.ONE_ADDRESS, 1, "moved:4888"));
        assertThat(links.isClosed(ours)).isFalse();

        bench.lose(ours);
        assertThat(bench.unreachable).isEmpty();
        assertThat(bench.dialledAddresses()).containsExactly("moved:4888");
    }

    // ------------------------------------------------------------------------------------------- several addresses

    @Test
    void addressesAreTriedInTurnAndOnlyThenIsAServerUnreachable() {
        MeshBench two = new MeshBench(2, Ensembles.withTwoAddresses(1, 2));
        two.send(1, 1);
        FakeLinks.Dial first = two.dialled();
        assertThat(first.address()).isEqualTo("h1:3888");
        two.lose(first.link());
        assertThat(two.unreachable).isEmpty();
        assertThat(two.mesh.unreachable(1)).isFalse();

        FakeLinks.Dial second = two.dialled();
        assertThat(second.address()).isEqualTo("g1:3889");
        two.lose(second.link());
        assertThat(two.unreachable).containsExactly(1L);

        two.at(PAUSE);
        two.send(1, 2);
        two.lose(two.dialled().link());
        long connected = two.dialled().link();
        two.mesh.onConnected(connected);
        assertThat(two.roundsAfterHandshake(connected)).containsExactly(2L);

        two.at(2 * PAUSE);
        two.lose(connected);
        two.send(1, 3);
        assertThat(two.dialledAddresses()).as("from the first again").containsExactly("h1:3888");
    }

    @Test
    void whatAServerSaysOfItselfIsTriedFirstAndEachAddressOnce() {
        MeshBench two = new MeshBench(2, Ensembles.withTwoAddresses(1, 2));
        long probe = two.accept();
        two.bytes(probe, MeshBench.handshake(MeshBench.SEVERAL_ADDRESSES, 1, "g1:3889|moved:4888|g1:3889"));
        List<String> tried = new ArrayList<>();
        while (two.unreachable.isEmpty()) {
            FakeLinks.Dial dial = two.dialled();
            tried.add(dial.address());
            two.lose(dial.link());
        }
        assertThat(tried).containsExactly("g1:3889", "moved:4888", "h1:3888");

        two.at(PAUSE);
        two.send(1, 1);
        assertThat(two.dialledAddresses()).as("it is asked once").containsExactly("h1:3888");
    }

    @Test
    void nobodyMakesUsDialMoreThanAFewAddresses() {
        StringBuilder addresses = new StringBuilder("a0:1");
        for (int i = 1; i < 200; i++) {
            addresses.append("|a").append(i).append(":1");
        }
        long probe = bench.accept();
        bench.bytes(probe, MeshBench.handshake(MeshBench.SEVERAL_ADDRESSES, 1, addresses.toString()));
        int tried = 0;
        while (bench.unreachable.isEmpty()) {
            bench.lose(bench.dialled().link());
            tried++;
        }
        assertThat(tried).isEqualTo(17);
    }
}
