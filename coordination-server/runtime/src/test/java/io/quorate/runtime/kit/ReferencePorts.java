package io.quorate.runtime.kit;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The loopback ports of the members of an ensemble, all different. They were free when they were chosen.
 *
 * @param client client ports of the members that run
 * @param quorum quorum ports of all members that are configured; none for a standalone server
 * @param election election ports of the same
 */
record ReferencePorts(List<Integer> client, List<Integer> quorum, List<Integer> election) {

    static ReferencePorts of(ServerOptions options) {
        return switch (options.shape()) {
            case STANDALONE -> free(1, 0);
            case ENSEMBLE_OF_ONE -> free(1, 1);
            case WITHOUT_QUORUM -> free(1, EnsembleUnderTest.MEMBERS);
        };
    }

    static ReferencePorts free(int running, int configured) {
        List<Integer> ports = FreePorts.several(running + 2 * configured);
        return new ReferencePorts(
                ports.subList(0, running),
                ports.subList(running, running + configured),
                ports.subList(running + configured, running + 2 * configured));
    }

    boolean isReplicated() {
        return !quorum.isEmpty();
    }

    /** The server list of the configuration file. */
    List<String> serverLines() {
        return IntStream.range(0, quorum.size())
                .mapToObj(i -> "server." + (i + 1) + "=127.0.0.1:" + quorum.get(i) + ":" + election.get(i))
                .toList();
    }
}
