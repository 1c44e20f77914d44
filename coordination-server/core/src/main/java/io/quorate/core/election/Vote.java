package io.quorate.core.election;

import io.quorate.core.wire.peer.Notification;
import io.quorate.core.wire.peer.PeerState;

/**
 * A ballot as somebody has cast it.
 *
 * @param round of the election it was cast in
 * @param state of who cast it
 * @param version of the message; 0 where it does not matter
 */
record Vote(Ballot ballot, long round, PeerState state, int version) {

    static Vote of(Notification message) {
        Ballot ballot = new Ballot(message.leader(), message.zxid(), message.peerEpoch());
        return new Vote(ballot, message.round(), message.state(), message.version());
    }

    Vote withoutVersion() {
        return new Vote(ballot, round, state, 0);
    }

    /**
     * Whether both say the same (3.6). Those who look must agree in everything. Those who have settled remember the
     * ballot and the round of the time when they did, so for them leader and epoch count, and the leader alone where
     * one of them is too old to send an epoch.
     */
    boolean agrees(Vote other) {
        if (state == PeerState.LOOKING || other.state == PeerState.LOOKING) {
            return ballot.equals(other.ballot) && round == other.round;
        }
        if (ballot.leader() != other.ballot.leader()) {
            return false;
        }
        return version > 0 ^ other.version > 0 || ballot.epoch() == other.ballot.epoch();
    }
}
