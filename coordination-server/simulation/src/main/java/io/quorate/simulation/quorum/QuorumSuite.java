package io.quorate.simulation.quorum;

import io.quorate.core.base.Limits;
import io.quorate.simulation.DurableHistory;
import io.quorate.simulation.SimDiskState;
import io.quorate.simulation.Trace;
import io.quorate.simulation.check.Bounded;
import io.quorate.simulation.check.CanonicalHistory;
import io.quorate.simulation.check.DigestIsFixed;
import io.quorate.simulation.history.History;
import io.quorate.simulation.server.NodeObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All properties of an ensemble that are checked while it runs. */
public final class QuorumSuite {

    private final Trace trace;
    private final Limits limits;
    private final List<MemberView> members = new ArrayList<>();
    private final DigestIsFixed digests = new DigestIsFixed();
    private final CommittedHistory committed;
    private final HeardSessionsStay sessions;
    private final List<QuorumInvariant> all;

    public QuorumSuite(History history, Limits limits, Trace trace) {
        this.trace = trace;
        this.limits = limits;
        ProposedByItsLeader proposals = new ProposedByItsLeader();
        committed = new CommittedHistory(members, proposals);
        sessions = new HeardSessionsStay(history);
        // Those that others ask come first.
        all = List.of(
                new OneLeaderPerEpoch(),
                new EpochsOnlyGrow(),
                new PromisesAreDurable(),
                proposals,
                committed,
                new LeaderHasApplied(committed),
                new AppliedIsCommitted(committed),
                sessions);
    }

    /** To be called once per member, before anything happens. @param disk where it keeps what it has */
    public NodeObserver observe(long serverId, boolean voter, SimDiskState disk) {
        MemberView member = new MemberView(serverId, voter, new DurableHistory(disk));
        members.add(member);
        return new MemberObserver(member, this, digests, new Bounded(limits));
    }

    /** What has been committed so far. */
    public CanonicalHistory canonical() {
        List<CanonicalHistory.Logged> logged = new ArrayList<>();
        committed.entries().forEach(entry -> logged.add(new CanonicalHistory.Logged(entry.zxid(), entry.payload())));
        return CanonicalHistory.of(logged, committed.epochs().keySet());
    }

    /** Whether a digest that was seen contradicts one that was logged. */
    public void compareDigests(CanonicalHistory canonical) {
        digests.compare(canonical);
    }

    HeardSessionsStay sessions() {
        return sessions;
    }

    void each(Consumer<QuorumInvariant> told) {
        all.forEach(told);
    }

    void changed(MemberView member, String role, long leader, String reason) {
        trace.note(member + " is " + role + " with leader " + leader, reason);
    }

    void noted(MemberView member, String what, long number) {
        trace.note(member + " " + what, number);
    }
}
