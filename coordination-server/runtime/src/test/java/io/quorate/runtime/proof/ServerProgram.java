package io.quorate.runtime.proof;

import java.util.List;

/** Which server a {@link ServerProcess} runs; both take the same configuration and the same data directories. */
enum ServerProgram {
    QUORATE(List.of(ServerMain.class.getName())),
    ZOOKEEPER(List.of(
            "-Dzookeeper.admin.enableServer=false",
            "-Dzookeeper.extendedTypesEnabled=true",
            "org.apache.zookeeper.server.quorum.QuorumPeerMain"));

    private final List<String> program;

    ServerProgram(List<String> program) {
        this.program = program;
    }

    /** Flags and main class, which takes the path of the configuration. */
    List<String> program() {
        return program;
    }
}
