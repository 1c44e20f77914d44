package io.quorate.app.compare;

import java.nio.file.Path;
import java.util.List;

/** How each of the two is started. Both get the same heap, the same configuration file and the same disk. */
enum ServerProgram {
    QUORATE("quorate") {
        @Override
        List<String> program(Path home) {
            return List.of(
                    "-jar",
                    jar().toString(),
                    home.resolve("zoo.cfg").toString(),
                    "--server.port=0",
                    "--logging.level.root=" + System.getProperty("compare.log", "WARN"));
        }
    },
    ZOOKEEPER("zookeeper") {
        @Override
        List<String> program(Path home) {
            return List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-Dlogback.configurationFile=" + home.resolve("logback.xml"),
                    "-Dzookeeper.admin.enableServer=false",
                    "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                    home.resolve("zoo.cfg").toString());
        }
    };

    private static final String JAR = "compare.jar";

    private final String label;

    ServerProgram(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** What stands behind the options of the virtual machine. */
    abstract List<String> program(Path home);

    private static Path jar() {
        return Path.of(System.getProperty(JAR, "../target/coordination-server.jar"))
                .toAbsolutePath()
                .normalize();
    }
}
