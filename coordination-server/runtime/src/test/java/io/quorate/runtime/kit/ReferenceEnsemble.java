package io.quorate.runtime.kit;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Three Apache ZooKeeper processes that form one ensemble. */
final class ReferenceEnsemble implements EnsembleUnderTest {

    private final List<ReferenceServer> members = new ArrayList<>();

    @Override
    public void start(ServerOptions options) {
        ReferencePorts ports = ReferencePorts.free(MEMBERS, MEMBERS);
        for (int member = 1; member <= MEMBERS; member++) {
            members.add(new ReferenceServer(member, ports));
        }
        // A member serves only when a quorum runs, so all are launched before the first is waited for.
        members.forEach(member -> member.launchFirst(options));
        members.forEach(ReferenceServer::awaitServing);
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
        members.get(member - 1).restart();
    }

    @Override
    public void close() {
        members.forEach(ReferenceServer::close);
    }
}
