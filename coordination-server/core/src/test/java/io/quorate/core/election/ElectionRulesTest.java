package io.quorate.core.election;

import static io.quorate.core.wire.peer.PeerState.FOLLOWING;
import static io.quorate.core.wire.peer.PeerState.LEADING;
import static io.quorate.core.wire.peer.PeerState.LOOKING;
import static io.quorate.core.wire.peer.PeerState.OBSERVING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.InvariantViolation;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.quorum.Hierarchy;
import io.quorate.core.quorum.Membership;
import io.quorate.core.wire.peer.Notification;
import io.quorate.core.wire.peer.PeerState;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of quorum protocol 3, one by one, for a single server: here server 2, unless said otherwise. */
final class ElectionRulesTest {

    private static final ElectionTiming TIMING = new ElectionTiming(50, 200, 1000);
    private static final Membership THREE = Ensembles.voters(1, 2, 3);
    private static final Membership FIVE = Ensembles.voters(1, 2, 3, 4, 5);
    private static final long ZXID = 0x100000007L;

    private final RecordedOutput output = new RecordedOutput();
    private final List<String> differing = new ArrayList<>();
    private final Election election = new Election(2, TIMING, output, new ServerEvents() {
        @Override
        public void membershipDiffers(long fromServerId, String theirText) {
            differing.add(fromServerId + " " + theirText);
        }
    });

    private Membership membership = THREE;

    private void look() {
        look(new Ballot(2, ZXID, 1), 0);
    }

    private void look(Ballot own, long now) {
        election.look(own, membership, now);
    }

    /** All others agree on a leader other than us. */
    private void follow(long leader) {
        for (long voter : membership.voters()) {
            hear(voter, voter == leader ? LEADING : FOLLOWING, new Ballot(leader, ZXID, 1), election.round());
        }
        assertThat(election.decision()).isNotNull();
        election.settled(FOLLOWING);
        output.take();
    }

    private void hear(long from, PeerState state, Ballot ballot, long round) {
        hear(from, state, ballot, round, 0);
    }

    private void hear(long from, PeerState state, Ballot ballot, long round, long now) {
        election.onNotification(from, message(state, ballot, round), now);
    }

    private Notification message(PeerState state, Ballot ballot, long round) {
        return new Notification(
                state, ballot.leader(), ballot.zxid(), round, ballot.epoch(), Notification.VERSION, membership.text());
    }

    private static Ballot for3() {
        return new Ballot(3, ZXID, 1);
    }

    private static Ballot for1() {
        return new Ballot(1, ZXID, 1);
    }

    // ---------------------------------------------------------------------------------------------- looking, 3.3, 3.6

    @Test
    void whoLooksProposesItselfToEveryOtherVoterInTheNextRound() {
        look();

        Notification expected = message(LOOKING, new Ballot(2, ZXID, 1), 1);
        assertThat(output.take())
                .containsExactly(new RecordedOutput.Sent(1, expected), new RecordedOutput.Sent(3, expected));

        look();
        assertThat(output.take()).allMatch(sent -> sent.message().round() == 2);
    }

    /** Others would follow a leader that has given up, or believe that somebody else does. */
    @Test
    void whoseRoleIsOverSaysNothingUntilItLooksAndThenHasHeardTheLastOfEach() {
        look();
        hear(1, LOOKING, new Ballot(2, ZXID, 1), 1);
        hear(3, LOOKING, new Ballot(2, ZXID, 1), 1);
        election.settled(LEADING);
        output.take();

        election.left();
        hear(1, LOOKING, for1(), 2);
        hear(1, LOOKING, for3(), 2);
        hear(3, LOOKING, for3(), 2);
        assertThat(output.take()).isEmpty();
        assertThat(output.lookingAgain).isEmpty();

        look();
        assertThat(election.decision()).isEqualTo(for3());
    }

    @Test
    void anObserverProposesNobodyAndSaysNothingOfItself() {
        membership = Ensembles.withObservers(List.of(2L), 1, 3);
        look(new Ballot(Ballot.NOBODY, ZXID, 1), 0);

        Notification message = output.take().get(0).message();
        assertThat(message.leader()).isEqualTo(Long.MIN_VALUE);
        assertThat(message.zxid()).isEqualTo(Long.MIN_VALUE);
        assertThat(message.peerEpoch()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void whomTheMembershipDoesNotListProposesNobodyAndSaysWhatItHas() {
        membership = Ensembles.voters(1, 3);
        look(new Ballot(Ballot.NOBODY, ZXID, 1), 0);

        Notification message = output.take().get(0).message();
        assertThat(message.leader()).isEqualTo(Long.MIN_VALUE);
        assertThat(message.zxid()).isEqualTo(ZXID);
        assertThat(message.peerEpoch()).isEqualTo(1);
    }

    @Test
    void proposingOneselfWithoutAVoteIsAMistakeOfTheCaller() {
        membership = Ensembles.voters(1, 3);
        assertThatThrownBy(() -> look(new Ballot(2, ZXID, 1), 0)).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void beforeItLooksForTheFirstTimeItHearsAndSaysNothing() {
        hear(3, LOOKING, for3(), 9);

        assertThat(output.sent).isEmpty();
        assertThat(election.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    // ------------------------------------------------------------------------------------------------------ order, 3.4

    @ParameterizedTest
    @CsvSource({
        // epoch, zxid and id of the other's candidate against ours of epoch 1, zxid 7, id 2
        "2, 3, 1, true", // the epoch comes first
        "0, 9, 3, false",
        "1, 8, 1, true", // then the zxid
        "1, 6, 3, false",
        "1, 7, 3, true", // then the id
        "1, 7, 1, false"
    })
    void aBetterCandidateIsTakenAndPassedOnAndAWorseOneIsNot(long epoch, long zxid, long leader, boolean better) {
        look(new Ballot(2, 7, 1), 0);
        output.take();

        membership = FIVE; // the sender is not the candidate, and no quorum of five agrees yet
        election.look(new Ballot(2, 7, 1), FIVE, 0);
        output.take();
        hear(5, LOOKING, new Ballot(leader, zxid, epoch), 2);

        if (better) {
            assertThat(output.take()).hasSize(4).allMatch(sent -> sent.message().leader() == leader);
        } else {
            // Told at once what beats it, so that it need not wait for the next repetition.
            assertThat(output.take())
                    .containsExactly(new RecordedOutput.Sent(5, message(LOOKING, new Ballot(2, 7, 1), 2)));
        }
    }

    @Test
    void aCandidateOfWeightZeroIsNeverBetter() {
        TreeMap<Long, List<Long>> groups = new TreeMap<>();
        groups.put(1L, List.of(1L, 2L, 3L));
        TreeMap<Long, Long> weights = new TreeMap<>();
        weights.put(3L, 0L);
        membership = Membership.of(0, THREE.servers(), new Hierarchy(groups, weights));
        look();
        output.take();

        hear(3, LOOKING, new Ballot(3, ZXID + 1, 9), 1);
        hear(1, LOOKING, new Ballot(3, ZXID + 1, 9), 1);

        assertThat(output.take()).allMatch(sent -> sent.message().leader() == 2);
        assertThat(election.decision()).isNull();
    }

    // ---------------------------------------------------------------------------------------------------- rounds, 3.6

    @Test
    void aLaterRoundIsAdoptedWithTheBetterOfItsVoteAndOurOwnFirstOne() {
        look();
        hear(3, LOOKING, for3(), 1);
        output.take();

        hear(1, LOOKING, for1(), 5);

        assertThat(election.round()).isEqualTo(5);
        assertThat(output.take())
                .allMatch(sent -> sent.message().round() == 5 && sent.message().leader() == 2)
                .hasSize(2);
    }

    @Test
    void aLaterRoundForgetsTheVotesOfTheEarlierOne() {
        membership = FIVE;
        look();
        hear(1, LOOKING, for3(), 1);
        hear(4, LOOKING, for3(), 1, 10);
        assertThat(election.nextDeadlineNanos()).as("a quorum for 3 waits").isEqualTo(60);

        hear(3, LOOKING, for3(), 2, 20);

        assertThat(election.nextDeadlineNanos()).as("of two only").isEqualTo(200);
    }

    @Test
    void whoIsInAnEarlierRoundIsToldTheCurrentOneAndNotCounted() {
        look();
        look();
        output.take();

        hear(3, LOOKING, for3(), 1);

        assertThat(output.take())
                .containsExactly(new RecordedOutput.Sent(3, message(LOOKING, new Ballot(2, ZXID, 1), 2)));
        assertThat(election.nextDeadlineNanos()).isEqualTo(200);
    }

    // ------------------------------------------------------------------------------------------ deciding, 3.6, 11.5-7

    @Test
    void aQuorumWaitsForABetterCandidate() {
        look();
        hear(1, LOOKING, new Ballot(2, ZXID, 1), 1, 10);

        election.onTime(59);
        assertThat(election.decision()).isNull();
        election.onTime(60);

        assertThat(election.decision()).isEqualTo(new Ballot(2, ZXID, 1));
        assertThat(election.state()).isEqualTo(LEADING);
        assertThat(election.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void repetitionsDoNotProlongTheWait() {
        look();
        hear(1, LOOKING, new Ballot(2, ZXID, 1), 1, 10);
        hear(1, LOOKING, new Ballot(2, ZXID, 1), 1, 50);

        assertThat(election.nextDeadlineNanos()).isEqualTo(60);
    }

    @Test
    void aBetterCandidateDuringTheWaitIsTaken() {
        membership = FIVE;
        look();
        hear(1, LOOKING, new Ballot(2, ZXID, 1), 1, 10);
        hear(3, LOOKING, new Ballot(2, ZXID, 1), 1, 10);
        hear(4, LOOKING, new Ballot(4, ZXID, 1), 1, 20);

        election.onTime(60);

        assertThat(election.decision()).isNull();
        assertThat(election.nextDeadlineNanos()).isEqualTo(200);
    }

    @Test
    void aQuorumThatFallsApartDuringTheWaitDecidesNothing() {
        membership = FIVE;
        look();
        hear(4, LOOKING, new Ballot(4, ZXID, 1), 1, 10);
        hear(5, LOOKING, new Ballot(4, ZXID, 1), 1, 10);
        assertThat(election.nextDeadlineNanos()).isEqualTo(60);

        hear(5, FOLLOWING, new Ballot(1, ZXID, 2), 1, 20);
        election.onTime(60);

        assertThat(election.decision()).isNull();
    }

    @Test
    void nobodyWaitsWhenEveryVoterAgrees() {
        look();
        hear(3, LOOKING, for3(), 1);
        hear(1, LOOKING, for3(), 1);

        assertThat(election.decision()).isEqualTo(for3());
        assertThat(election.state()).isEqualTo(FOLLOWING);
    }

    @Test
    void aVoterThatPrefersAnotherIsWaitedFor() {
        look();
        output.unreachable.add(1L);
        hear(3, LOOKING, for1(), 1);

        assertThat(election.decision()).isNull();
    }

    @Test
    void nobodyWaitsForAVoterThatCannotBeReached() {
        look();
        hear(1, LOOKING, new Ballot(2, ZXID, 1), 1);
        assertThat(election.decision()).isNull();

        output.unreachable.add(3L);
        election.onUnreachable(3, 1);

        assertThat(election.decision()).isEqualTo(new Ballot(2, ZXID, 1));
    }

    @Test
    void nobodyWaitsForAVoterThatHasDecidedForTheSameCandidate() {
        membership = FIVE;
        look();
        output.unreachable.add(4L);
        hear(5, LOOKING, new Ballot(5, ZXID, 1), 1);
        hear(1, LOOKING, new Ballot(5, ZXID, 1), 1);
        hear(3, FOLLOWING, new Ballot(1, ZXID, 2), 1);
        assertThat(election.decision()).as("another").isNull();

        hear(3, FOLLOWING, new Ballot(5, ZXID, 2), 1);

        assertThat(election.decision()).as("in the epoch of the new term").isEqualTo(new Ballot(5, ZXID, 1));
    }

    @Test
    void aVoterThatKnowsTheCandidateWithOtherDataIsWaitedFor() {
        membership = FIVE;
        look();
        output.unreachable.add(4L);
        hear(5, LOOKING, new Ballot(5, ZXID, 1), 1);
        hear(1, LOOKING, new Ballot(5, ZXID, 1), 1);
        hear(3, LOOKING, new Ballot(5, ZXID - 1, 1), 1);

        assertThat(election.decision()).isNull();
    }

    @Test
    void whoHasDecidedIsNotWaitedForButDoesNotMakeAQuorumEither() {
        membership = FIVE;
        look();
        output.unreachable.add(4L);
        hear(5, LOOKING, new Ballot(5, ZXID, 1), 1);
        hear(1, FOLLOWING, new Ballot(5, ZXID, 2), 1);
        hear(3, FOLLOWING, new Ballot(5, ZXID, 2), 1);
        election.onTime(150);

        assertThat(election.decision())
                .as("its leader has not said that it leads")
                .isNull();
    }

    @Test
    void withoutAQuorumNobodyIsElectedHoweverManyAreUnreachable() {
        look();
        output.unreachable.add(1L);
        output.unreachable.add(3L);
        election.onUnreachable(1, 1);
        election.onUnreachable(3, 1);
        election.onTime(100_000);

        assertThat(election.decision()).isNull();
    }

    @Test
    void aSingleVoterElectsItselfAtOnce() {
        membership = Ensembles.voters(2);
        look();

        assertThat(election.decision()).isEqualTo(new Ballot(2, ZXID, 1));
        assertThat(election.state()).isEqualTo(LEADING);
    }

    @Test
    void aLostConnectionIsTriedAgainAtOnceWhileLooking() {
        look();
        output.take();

        election.onDisconnected(3);
        assertThat(output.take())
                .containsExactly(new RecordedOutput.Sent(3, message(LOOKING, new Ballot(2, ZXID, 1), 1)));

        follow(1);
        election.onDisconnected(3);
        assertThat(output.take()).isEmpty();
    }

    // ------------------------------------------------------------------------------------------------ repetition, 3.6

    @Test
    void whatWasSaidIsRepeatedAtDoublingIntervalsUpToTheLongest() {
        look();
        output.take();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long at = election.nextDeadlineNanos();
            election.onTime(at - 1);
            assertThat(output.take()).isEmpty();
            election.onTime(at);
            assertThat(output.take()).hasSize(2);
            times.add(at);
        }

        assertThat(times).containsExactly(200L, 600L, 1400L, 2400L, 3400L);
    }

    @Test
    void whileNothingIsDeliveredItDialsInsteadOfRepeating() {
        look();
        output.take();
        output.delivered = false;
        election.onTime(200);

        assertThat(output.take()).isEmpty();
        assertThat(output.connects).isEqualTo(1);
    }

    // --------------------------------------------------------------------------------------------- missing data, 3.3

    @Test
    void whoHasNoDataIgnoresVotesAndIsItselfNotCounted() {
        look(new Ballot(2, Ballot.NO_DATA, 1), 0);
        output.take();
        hear(1, LOOKING, new Ballot(2, ZXID, 1), 1);
        hear(3, LOOKING, for3(), 7);
        election.onTime(100);

        assertThat(election.decision()).isNull();
        assertThat(election.round()).isEqualTo(1);
    }

    @Test
    void whoHasNoDataStillJoinsATermThatStands() {
        look(new Ballot(2, Ballot.NO_DATA, 1), 0);
        hear(3, LEADING, for3(), 4);
        hear(1, FOLLOWING, for3(), 4);

        assertThat(election.decision()).isEqualTo(for3());
    }

    @Test
    void votesForWhoHasNoDataAreIgnored() {
        look();
        output.take();
        hear(3, LOOKING, new Ballot(3, Ballot.NO_DATA, 5), 4);

        assertThat(election.round()).isEqualTo(1);
        assertThat(output.take()).isEmpty();
    }

    // ------------------------------------------------------------------------------------------- who is heard, 3.5

    @Test
    void aStrangerIsAnsweredAtOnceAndNotHeard() {
        look();
        output.take();

        hear(9, LOOKING, new Ballot(9, ZXID + 5, 8), 30);

        assertThat(output.take())
                .containsExactly(new RecordedOutput.Sent(9, message(LOOKING, new Ballot(2, ZXID, 1), 1)));
        assertThat(election.round()).isEqualTo(1);
    }

    @Test
    void anObserverIsAnsweredWhateverWeAre() {
        membership = Ensembles.withObservers(List.of(7L), 1, 2, 3);
        look();
        follow(3);

        hear(7, LOOKING, Ballot.OBSERVER, 50);

        assertThat(output.take()).containsExactly(new RecordedOutput.Sent(7, message(FOLLOWING, for3(), 1)));
    }

    @Test
    void anObserverIsNotCountedWhateverItSays() {
        membership = Ensembles.withObservers(List.of(7L), 1, 2, 3);
        look();
        output.take();

        hear(7, LOOKING, for3(), 1);
        assertThat(output.take())
                .extracting(RecordedOutput.Sent::to)
                .as("answered")
                .containsExactly(7L);
        hear(7, FOLLOWING, for3(), 1);
        hear(7, LOOKING, for3(), 9);
        hear(3, LEADING, new Ballot(3, ZXID, 2), 4);
        hear(7, FOLLOWING, new Ballot(3, ZXID, 2), 4);

        assertThat(election.round()).isEqualTo(1);
        assertThat(election.decision()).isNull();
    }

    @Test
    void aVoteForWhoIsNoVoterIsIgnored() {
        membership = Ensembles.withObservers(List.of(7L), 1, 2, 3);
        look();
        output.take();

        hear(3, LOOKING, new Ballot(7, ZXID + 5, 8), 30);
        hear(3, LOOKING, new Ballot(Ballot.NOBODY, ZXID + 5, 8), 30);
        hear(3, LEADING, new Ballot(7, ZXID + 5, 8), 1);

        assertThat(election.round()).isEqualTo(1);
        assertThat(output.take()).isEmpty();
    }

    @Test
    void whoObservesDoesNotVote() {
        look();
        output.take();
        hear(3, OBSERVING, for3(), 1);
        hear(1, OBSERVING, for3(), 1);

        assertThat(election.decision()).isNull();
        assertThat(output.take()).isEmpty();
    }

    @Test
    void ourOwnIdFromOutsideIsNotHeard() {
        look();
        output.take();
        hear(2, LOOKING, for3(), 8);

        assertThat(election.round()).isEqualTo(1);
    }

    // ------------------------------------------------------------------------------- joining what stands, 3.6, 3.7

    @Test
    void aQuorumThatFollowsAndALeaderThatLeadsAreJoinedAtOnceInTheirRound() {
        look();
        hear(1, FOLLOWING, for3(), 42);
        assertThat(election.decision()).as("the leader has not said so").isNull();
        hear(3, LEADING, for3(), 42);

        assertThat(election.decision()).isEqualTo(for3());
        assertThat(election.round()).isEqualTo(42);
        assertThat(election.state()).isEqualTo(FOLLOWING);
    }

    @Test
    void theLeaderMustSayItLeads() {
        membership = FIVE;
        look();
        hear(1, FOLLOWING, for3(), 42);
        hear(4, FOLLOWING, for3(), 42);
        hear(5, FOLLOWING, for3(), 42);
        assertThat(election.decision()).isNull();

        hear(3, LOOKING, for3(), 1);
        hear(5, FOLLOWING, for3(), 42);
        assertThat(election.decision()).as("it looks").isNull();

        hear(3, LEADING, for3(), 42);
        assertThat(election.decision()).isEqualTo(for3());
    }

    @Test
    void whoHasSettledNeedsToAgreeInLeaderAndEpochOnly() {
        membership = FIVE;
        look();
        hear(1, FOLLOWING, new Ballot(3, 5, 7), 40);
        hear(4, FOLLOWING, new Ballot(3, 6, 7), -1);
        hear(3, LEADING, new Ballot(3, 8, 7), 42);

        assertThat(election.decision()).isEqualTo(new Ballot(3, 8, 7));
    }

    @Test
    void whoHasSettledInAnotherEpochDoesNotAgree() {
        membership = FIVE;
        look();
        hear(1, FOLLOWING, new Ballot(3, ZXID, 6), 42);
        hear(4, FOLLOWING, new Ballot(3, ZXID, 5), 42);
        hear(3, LEADING, new Ballot(3, ZXID, 7), 42);

        assertThat(election.decision()).isNull();
    }

    @Test
    void whoIsTooOldToSendAnEpochAgreesByTheLeaderAlone() {
        look();
        election.onNotification(1, new Notification(FOLLOWING, 3, ZXID, 42, 9, 0, null), 0);
        hear(3, LEADING, new Ballot(3, ZXID, 7), 42);

        assertThat(election.decision()).isEqualTo(new Ballot(3, ZXID, 7));
    }

    @Test
    void inTheSameRoundOurOwnVoteCountsWithThoseWhoHaveSettled() {
        look();
        hear(3, LOOKING, for3(), 1);
        output.take();
        hear(3, LEADING, for3(), 1);

        assertThat(election.decision()).isEqualTo(for3());
    }

    @Test
    void thatWeLeadIsBelievedInOurOwnRoundOnly() {
        look();
        hear(1, FOLLOWING, new Ballot(2, ZXID, 1), 8);
        hear(3, FOLLOWING, new Ballot(2, ZXID, 1), 8);
        assertThat(election.decision()).as("of a former term").isNull();

        look();
        hear(1, FOLLOWING, new Ballot(2, ZXID, 1), 2);
        hear(3, FOLLOWING, new Ballot(2, ZXID, 1), 2);
        assertThat(election.decision()).isEqualTo(new Ballot(2, ZXID, 1));
        assertThat(election.state()).isEqualTo(LEADING);
    }

    @Test
    void anObserverObservesWhomTheVotersFollow() {
        membership = Ensembles.withObservers(List.of(2L), 1, 3);
        look(new Ballot(Ballot.NOBODY, 0, 0), 0);
        hear(1, FOLLOWING, for3(), 42);
        hear(3, LEADING, for3(), 42);

        assertThat(election.decision()).isEqualTo(for3());
        assertThat(election.state()).isEqualTo(OBSERVING);
    }

    @Test
    void anObserverDecidesFromTheVotesOfOthersWithoutCountingItself() {
        membership = Ensembles.withObservers(List.of(2L), 1, 3, 4);
        look(new Ballot(Ballot.NOBODY, 0, 0), 0);
        hear(1, LOOKING, for3(), 1);
        election.onTime(150);
        assertThat(election.decision()).isNull();

        hear(3, LOOKING, for3(), 1, 160);
        election.onTime(210);
        assertThat(election.state()).isEqualTo(OBSERVING);
    }

    @Test
    void whomTheMembershipDoesNotListFollowsWithoutAVote() {
        membership = Ensembles.voters(1, 3);
        look(new Ballot(Ballot.NOBODY, ZXID + 1, 1), 0);
        hear(1, FOLLOWING, for3(), 42);
        hear(3, LEADING, for3(), 42);

        assertThat(election.state()).isEqualTo(FOLLOWING);
    }

    // --------------------------------------------------------------------------------------- answering, 3.5 and 3.7

    @Test
    void whoLooksIsToldWhatWasDecidedWithTheEpochOfTheTerm() {
        look();
        follow(3);
        election.established(9);

        hear(1, LOOKING, for1(), 77);

        assertThat(output.take())
                .containsExactly(new RecordedOutput.Sent(1, message(FOLLOWING, new Ballot(3, ZXID, 9), 1)));
        assertThat(output.lookingAgain).isEmpty();
    }

    @Test
    void whoHasSettledIsNotAnswered() {
        look();
        follow(3);
        hear(1, FOLLOWING, for3(), 1);
        hear(3, LEADING, for3(), 1);

        assertThat(output.take()).isEmpty();
    }

    @Test
    void aLeaderNotesAVoterThatLooksInALaterRound() {
        look();
        hear(1, LOOKING, new Ballot(2, ZXID, 1), 1);
        election.onTime(100);
        election.settled(LEADING);

        hear(1, LOOKING, new Ballot(2, ZXID, 1), 1, 100);
        assertThat(output.lookingAgain).as("said before the decision").isEmpty();

        hear(1, LOOKING, for1(), 2, 200);
        assertThat(output.lookingAgain).containsExactly(1L);
    }

    @Test
    void theDecisionIsGoneWhenARoleHasComeOfIt() {
        look();
        follow(3);

        assertThat(election.decision()).isNull();
        assertThat(election.state()).isEqualTo(FOLLOWING);

        look();
        assertThat(election.state()).isEqualTo(LOOKING);
    }

    @Test
    void nobodyIsSettledWithoutADecision() {
        look();
        assertThatThrownBy(() -> election.settled(FOLLOWING)).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void anExchangeThatRepeatsItselfAtOnceIsNotContinued() {
        look();
        output.take();
        for (int i = 0; i < 100; i++) {
            hear(9, LOOKING, new Ballot(9, ZXID, 1), 1, i / 10);
        }
        assertThat(output.take()).hasSize(1);

        hear(9, LOOKING, new Ballot(9, ZXID, 1), 2, 10);
        hear(9, LOOKING, new Ballot(9, ZXID, 1), 2, 30);
        assertThat(output.take()).as("another question, and the same one later").hasSize(2);
    }

    // ---------------------------------------------------------------------------------------------- membership, 3.2

    @Test
    void aNewerMembershipOfOthersIsReportedOnceAndItsVoteCounts() {
        look();
        String newer = FIVE.withVersion(4).text();
        for (int i = 0; i < 3; i++) {
            election.onNotification(3, new Notification(LOOKING, 3, ZXID, 1, 1, 2, newer), 0);
        }
        election.onNotification(1, new Notification(LOOKING, 3, ZXID, 1, 1, 2, newer), 0);

        assertThat(differing).containsExactly("3 " + newer);
        assertThat(election.decision()).isEqualTo(for3());
    }

    @Test
    void anOlderOneTheSameOneOrNoneAtAllIsNotReported() {
        look();
        for (String text : List.of(
                FIVE.text(), THREE.withVersion(4).text(), "", "server.1=", "server.x=1\nversion=9", "#\nversion=-1")) {
            election.onNotification(3, new Notification(LOOKING, 3, ZXID, 1, 1, 2, text), 0);
        }

        assertThat(differing).isEmpty();
        election.onNotification(1, new Notification(LOOKING, 3, ZXID, 1, 1, 1, null), 0);
        assertThat(election.decision()).isEqualTo(for3());
    }
}
