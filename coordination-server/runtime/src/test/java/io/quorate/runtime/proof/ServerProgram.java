package io.quorate.runtime.proof;

import java.nio.file.Path;
import java.util.List;

/** Which server a {@link ServerProcess} runs; both take the same data directories. */
enum ServerProgram {
    QUORATE {
        @Override
        List<String> program(Path home, int port, int snapCount) {
            return List.of(
                    "-Dlogback.configurationFile=" + home.resolve("logback.xml"),
                    ServerMain.class.getName(),
                    home.resolve("data").toString(),
                    String.valueOf(port),
                    String.valueOf(snapCount));
        }
    },
    ZOOKEEPER {
        @Override
        List<String> program(Path home, int port, int snapCount) {
            return List.of(
                    "-Dlogback.configurationFile=" + home.resolve("logback.xml"),
                    "-Dzookeeper.admin.enableServer=false",
                    "-Dzookeeper.extendedTypesEnabled=true",
                    "-Dzookeeper.snapCount=" + snapCount,
                    "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                    home.resolve("zoo.cfg").toString());
        }
    };

    /** What stands behind the options that both get. */
    abstract List<String> program(Path home, int port, int snapCount);
}
