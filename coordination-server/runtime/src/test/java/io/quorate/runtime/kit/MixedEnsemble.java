package io.quorate.runtime.kit;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** An ensemble whose members are of any kind. Which of them leads first is a matter of choice, not of chance. */
final class MixedEnsemble implements EnsembleUnderTest {

    private final List<MemberKind> kinds;
    private final int firstLeader;
    /** In the order of their ids, from 1. */
    private final List<EnsembleMember> members = new ArrayList<>();

    private MixedEnsemble(List<MemberKind> kinds, int firstLeader) {
        this.kinds = kinds;
        this.firstLeader = firstLeader;
    }

    /** All members of one kind. */
    static MixedEnsemble of(MemberKind kind) {
        return new MixedEnsemble(List.of(kind, kind, kind), MEMBERS);
    }

    /** Members 1, 2 and 3. @param leader which of them leads first: 2 or 3, for it beats another one's id */
    static MixedEnsemble of(MemberKind first, MemberKind second, MemberKind third, int leader) {
        if (leader != 2 && leader != 3) {
            throw new IllegalArgumentException("Server " + leader + " wins no election of two that have no data");
        }
        return new MixedEnsemble(List.of(first, second, third), leader);
    }

    @Override
    public void start(ServerOptions options) {
        ReferencePorts ports = ReferencePorts.free(MEMBERS, MEMBERS);
        for (int id = 1; id <= MEMBERS; id++) {
            members.add(kinds.get(id - 1).member(id, ports));
        }
        // Two without data elect the larger id, and a third that comes later follows whoever leads.
        List<EnsembleMember> quorum = List.of(members.get(0), members.get(firstLeader - 1));
        quorum.forEach(member -> member.launchFirst(options));
        quorum.forEach(EnsembleMember::awaitServing);
        EnsembleMember last = members.get(MEMBERS - firstLeader + 1);
        last.launchFirst(options);
        last.awaitServing();
    }

    @Override
    public InetSocketAddress address(int member) {
        return members.get(member - 1).address();
    }

    @Override
    public void kill(int member) {
        members.get(member - 1).kill();
    }

    @Override
    public void startAgain(int member) {
        members.get(member - 1).launchAgain();
        members.get(member - 1).awaitServing();
    }

    @Override
    public void close() {
        members.forEach(EnsembleMember::close);
        members.clear();
    }
}
