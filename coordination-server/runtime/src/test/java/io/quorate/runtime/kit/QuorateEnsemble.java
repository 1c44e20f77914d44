package io.quorate.runtime.kit;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Three members of this server in the JVM of the tests. */
final class QuorateEnsemble implements EnsembleUnderTest {

    private final List<QuorateMember> members = new ArrayList<>();

    @Override
    public void start(ServerOptions options) {
        ReferencePorts ports = ReferencePorts.free(MEMBERS, MEMBERS);
        for (int member = 1; member <= MEMBERS; member++) {
            members.add(new QuorateMember(member, ports));
        }
        members.forEach(member -> member.launch(options));
        members.forEach(QuorateMember::awaitServing);
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
        members.forEach(QuorateMember::close);
        members.clear();
    }
}
