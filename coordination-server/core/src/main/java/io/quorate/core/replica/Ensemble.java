package io.quorate.core.replica;

import io.quorate.core.base.TurnTime;
import io.quorate.core.election.Ballot;
import io.quorate.core.election.Election;
import io.quorate.core.election.ElectionMesh;
import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.quorum.HostPort;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.wire.peer.PeerInput;
import io.quorate.core.wire.peer.PeerState;
import io.quorate.core.zab.LeaderFigures;
import io.quorate.core.zab.LeadingRole;
import io.quorate.core.zab.LearnerRole;
import io.quorate.core.zab.LookingRole;
import io.quorate.core.zab.Member;
import io.quorate.core.zab.Role;
import io.quorate.core.zab.RoleName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A replica among others: it looks for a leader, becomes one or follows one, and looks again when that ends. The only
 * place where roles change.
 */
final class Ensemble implements PeerInputs {

    /** Where unread bytes of one member may grow to before its link is no longer read. */
    private static final int MAX_UNREAD_BYTES = 8 << 20;

    private static final long NOBODY = -1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Member member;
    private final Election election;
    private final ElectionMesh mesh;
    private final StateReplacement state;
    private final ClientServing serving;
    private final TurnTime time;
    private final ServerEvents events;
    private final PeerLinks links;
    /** What has arrived on links of the quorum port, ours and theirs. */
    private final Map<Long, QuorumLink> quorumLinks = new LinkedHashMap<>();

    private Role role;
    private long leaderId = NOBODY;
    /** Whether the term stands, as others are told. */
    private boolean established;

    /** Since when there has been no leader, or when the last one was looked for. */
    private long lookingSinceNanos;

    private long elections;
    private String lastReason = "start";

    /** A connection of the quorum port. */
    private static final class QuorumLink {
        private final PeerInput input = new PeerInput();
        /** Whether it is not read, because too much of what has come is unused. */
        private boolean paused;
    }

    Ensemble(Member member, Elections elections, StateReplacement state, ClientServing serving) {
        this.member = member;
        this.state = state;
        this.serving = serving;
        election = elections.election();
        mesh = elections.mesh();
        time = member.time();
        events = member.events();
        links = member.links();
        role = looking("start");
    }

    /** The election and what carries its messages. */
    record Elections(Election election, ElectionMesh mesh) {}

    // --------------------------------------------------------------------------------------------------------- inputs

    @Override
    public void onPeerAccepted(long link, Purpose purpose, String address) {
        if (purpose == Purpose.ELECTION) {
            mesh.onAccepted(link, address);
            return;
        }
        if (role.name() == RoleName.FOLLOWING || role.name() == RoleName.OBSERVING) {
            links.close(link);
            return;
        }
        // Who looks for a leader may be about to become one: learners that are quicker than we are may wait.
        quorumLinks.put(link, new QuorumLink());
        role.onAccepted(link);
    }

    @Override
    public void onPeerConnected(long link) {
        if (mesh.owns(link)) {
            mesh.onConnected(link);
        } else {
            quorumLinks.put(link, new QuorumLink());
            role.onConnected(link);
        }
    }

    @Override
    public void onPeerBytes(long link, ByteBuffer bytes) {
        if (mesh.owns(link)) {
            mesh.onBytes(link, bytes);
            return;
        }
        QuorumLink quorum = quorumLinks.get(link);
        if (quorum != null) {
            quorum.input.append(bytes);
            role.onHeard(link);
            role.onUnread(link, quorum.input.unread());
            throttle(link, quorum);
        }
    }

    /** Back-pressure for a member that sends faster than we can log: its link is not read for a while. */
    private void throttle(long link, QuorumLink quorum) {
        boolean full = quorum.input.unread().remaining() > MAX_UNREAD_BYTES;
        if (full != quorum.paused) {
            quorum.paused = full;
            if (full) {
                links.pauseReading(link);
            } else {
                links.resumeReading(link);
            }
        }
    }

    @Override
    public void onPeerWritable(long link, boolean writable) {
        if (mesh.owns(link)) {
            mesh.onWritable(link, writable);
        } else {
            role.onWritable(link, writable);
        }
    }

    @Override
    public void onPeerClosed(long link) {
        if (mesh.owns(link)) {
            mesh.onClosed(link);
        } else {
            quorumLinks.remove(link);
            role.onClosed(link);
        }
    }

    void onTime() {
        // Before any other input of the turn.
        mesh.onTime(time.nanos());
        election.onTime(time.nanos());
        role.onTime();
    }

    void onLogDurable(long zxid) {
        role.onLogDurable(zxid);
    }

    /** Decides about the role, after everything else has been told. */
    void endOfTurn() {
        state.endOfTurn();
        offerUnread();
        role.endOfTurn();
        if (!established && role.isEstablished()) {
            // Who joins later is to hear one and the same epoch from everybody (quorum protocol 3.7).
            established = true;
            election.established(role.epoch());
            events.serviceRegained(role.name() == RoleName.LEADING, time.nanos() - lookingSinceNanos);
        }
        String ending = role.ending();
        if (ending != null && !state.isBusy()) {
            lookAgain(ending);
        } else if (role instanceof LookingRole looking) {
            Ballot decision = looking.decision();
            if (decision != null) {
                decide(decision);
            }
        }
    }

    /** What could not be looked at before, for want of room or of a role, may be now. */
    private void offerUnread() {
        for (Map.Entry<Long, QuorumLink> entry : new ArrayList<>(quorumLinks.entrySet())) {
            QuorumLink quorum = entry.getValue();
            if (quorum.input.unread().hasRemaining()) {
                role.onUnread(entry.getKey(), quorum.input.unread());
                throttle(entry.getKey(), quorum);
            }
        }
    }

    // ---------------------------------------------------------------------------------------------------------- roles

    private Role looking(String reason) {
        leaderId = NOBODY;
        established = false;
        lastReason = reason;
        lookingSinceNanos = time.nanos();
        elections++;
        events.roleChanged(RoleName.LOOKING.name(), NOBODY, reason);
        return new LookingRole(member, election, state::isQuiet);
    }

    private void lookAgain(String reason) {
        role.end();
        election.left();
        serving.close();
        closeQuorumLinks();
        role = looking(reason);
    }

    private void closeQuorumLinks() {
        for (long link : new ArrayList<>(quorumLinks.keySet())) {
            links.close(link);
        }
        quorumLinks.clear();
    }

    private void decide(Ballot decision) {
        leaderId = decision.leader();
        events.electionDecided(time.nanos() - lookingSinceNanos);
        if (leaderId == member.serverId()) {
            lead();
        } else {
            follow();
        }
    }

    private void lead() {
        election.settled(PeerState.LEADING);
        LeadingRole leading = new LeadingRole(member);
        role = leading;
        events.roleChanged(RoleName.LEADING.name(), leaderId, "elected");
        leading.start();
        // Learners that came while this was being decided.
        for (Map.Entry<Long, QuorumLink> entry : new ArrayList<>(quorumLinks.entrySet())) {
            leading.onAccepted(entry.getKey());
            leading.onUnread(entry.getKey(), entry.getValue().input.unread());
        }
    }

    private void follow() {
        closeQuorumLinks();
        Membership membership = member.membership();
        RoleName name = membership.isVoter(member.serverId()) ? RoleName.FOLLOWING : RoleName.OBSERVING;
        election.settled(name == RoleName.FOLLOWING ? PeerState.FOLLOWING : PeerState.OBSERVING);
        PeerServer leader = membership.find(leaderId);
        if (leader == null) {
            election.left();
            role = looking("server " + leaderId + " was elected, and the membership does not hold it");
            return;
        }
        List<HostPort> addresses = new ArrayList<>();
        leader.addresses().forEach(address -> addresses.add(address.quorum()));
        role = new LearnerRole(member, name, leaderId, addresses, state);
        events.roleChanged(name.name(), leaderId, "elected server " + leaderId);
    }

    /** A voter looks for a leader although it could have this one. */
    void onLookingAgain(long serverId) {
        if (role instanceof LeadingRole leading) {
            leading.onLookingAgain(serverId);
        }
    }

    void resetProposalSizes() {
        if (role instanceof LeadingRole leading) {
            leading.resetProposalSizes();
        }
    }

    // --------------------------------------------------------------------------------------------------------- status

    long nextDeadlineNanos() {
        long deadline = Math.min(mesh.nextDeadlineNanos(), election.nextDeadlineNanos());
        return Math.min(deadline, role.nextDeadlineNanos());
    }

    Role role() {
        return role;
    }

    EnsembleStatus status() {
        List<Long> observers = new ArrayList<>();
        for (PeerServer server : member.membership().servers()) {
            if (server.observer()) {
                observers.add(server.id());
            }
        }
        return new EnsembleStatus(
                leaderId,
                role.epoch(),
                serving.letsIn(),
                member.database().isDoubted(),
                member.epochs().accepted(),
                member.epochs().current(),
                elections,
                lastReason,
                member.membership().voters(),
                observers,
                learners(),
                leading());
    }

    private EnsembleStatus.@Nullable Leading leading() {
        if (!(role instanceof LeadingRole leading)) {
            return null;
        }
        LeaderFigures figures = leading.figures();
        return new EnsembleStatus.Leading(
                (time.nanos() - figures.startNanos()) / NANOS_PER_MILLI,
                figures.pendingSyncs(),
                figures.lastProposalBytes(),
                figures.minProposalBytes(),
                figures.maxProposalBytes());
    }

    private List<EnsembleStatus.Learner> learners() {
        List<EnsembleStatus.Learner> views = new ArrayList<>();
        if (role instanceof LeadingRole leading) {
            leading.forEachLearner((serverId, observer, serves, lag, how) ->
                    views.add(new EnsembleStatus.Learner(serverId, observer, serves, lag, how)));
        }
        return views;
    }
}
