package io.quorate.runtime.proof;

import static io.quorate.runtime.proof.ServerProgram.QUORATE;
import static io.quorate.runtime.proof.ServerProgram.ZOOKEEPER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.ServerClosed;
import io.quorate.runtime.proof.PeerRelay.Upward;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What passes between a leader of one kind and learners of the other is held back in one direction: by whom, when and
 * for what the connection is given up, and how the learner comes back.
 */
final class HeldBackIT {

    private static final int VOTERS = 3;
    private static final int LEADER = 3;

    @TempDir
    Path directory;

    private MemberProcesses members;
    private int written;

    @Test
    @DisplayName("10.44 10.63 10.64 members of ZooKeeper, with a leader of ours")
    void oursLeads() throws IOException {
        holdBack(QUORATE, ZOOKEEPER, "not acknowledged a proposal for too long", "not been heard for too long");
    }

    @Test
    @DisplayName("10.44 10.63 10.64 members of ours, with ZooKeeper as leader")
    void theirsLeads() throws IOException {
        holdBack(ZOOKEEPER, QUORATE, "due to transaction timeout", "Read timed out");
    }

    /** @param slow what the leader says when a proposal is not acknowledged; @param silent and when nothing comes */
    private void holdBack(ServerProgram leader, ServerProgram followers, String slow, String silent)
            throws IOException {
        EnsemblePlan plan = new EnsemblePlan(VOTERS, 0, "tickTime=250", "syncLimit=8", "initLimit=10");
        try (PeerRelay first = plan.relay(1, LEADER);
                PeerRelay second = plan.relay(2, LEADER);
                MemberProcesses running = new MemberProcesses(directory, plan)) {
            members = running;
            members.startAll(followers, followers, leader);
            aLearnerThatHearsNothingLeaves(first);
            aLearnerThatAcknowledgesNothingIsGivenUp(first, slow, silent);
            aLeaderThatHearsNobodyStopsServing(List.of(first, second));
        }
    }

    /** As a follower after the sync limit, and as one that is being brought up to date after the init limit. */
    private void aLearnerThatHearsNothingLeaves(PeerRelay relay) {
        int before = relay.leftByLearner();
        relay.passDownward(false);
        members.member(1).await("leaves its leader twice", () -> relay.leftByLearner() >= before + 2);
        write();
        relay.passDownward(true);
        requireBack();
    }

    /** For a proposal first, while it answers pings; and then, after the init limit, for the history. */
    private void aLearnerThatAcknowledgesNothingIsGivenUp(PeerRelay relay, String slow, String silent) {
        long slowBefore = said(slow);
        relay.passUpward(Upward.NO_ACKS);
        write();
        members.member(LEADER).await("has given up the slow one", () -> said(slow) > slowBefore);

        long silentBefore = said(silent);
        relay.passUpward(Upward.UNTIL_AN_ACK);
        members.member(LEADER).await("has given up who takes no history", () -> said(silent) > silentBefore);
        write();
        relay.passUpward(Upward.ALL);
        requireBack();
    }

    private long said(String what) {
        return members.member(LEADER).logLines().stream()
                .filter(line -> line.contains(what))
                .count();
    }

    /** Those whom it does not hear go on hearing it, and so does its client. */
    private void aLeaderThatHearsNobodyStopsServing(List<PeerRelay> relays) {
        try (KitSession client = members.open(LEADER)) {
            for (PeerRelay relay : relays) {
                relay.passUpward(Upward.NOTHING);
            }
            client.send(Op.CREATE, Bodies.create("/unheard", Bodies.bytes("unheard"), Acl.OPEN, Flags.PERSISTENT));
            members.member(LEADER)
                    .await("stops serving", () -> !members.mode(LEADER).equals("leader"));
            assertThatThrownBy(client::receive).isInstanceOf(ServerClosed.class);
        }
        for (PeerRelay relay : relays) {
            relay.passUpward(Upward.ALL);
        }
        for (int id = 1; id <= VOTERS; id++) {
            members.awaitServing(id);
        }
        write();
        members.requireEqual();
        members.requireNoDigestMismatch();
        members.requireOneLeaderPerEpoch();
    }

    private void requireBack() {
        members.awaitServing(1);
        members.requireEqual();
        List<String> ways = members.waysOf(LEADER);
        assertThat(ways.get(ways.size() - 1)).isEqualTo("DIFF");
    }

    private void write() {
        try (KitSession session = members.open(2)) {
            for (int i = 0; i < 10; i++) {
                session.create("/n" + written++).ok();
            }
            session.closeSession().ok();
        }
    }
}
