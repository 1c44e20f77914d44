package io.quorate.runtime.proof;

import java.nio.file.Path;
import java.util.Scanner;
import org.apache.zookeeper.server.SnapshotFormatter;
import org.apache.zookeeper.server.persistence.TxnLogToolkit;

/** Prints snapshots and logs with ZooKeeper's own tools: {@code ReferenceDumps FILE...}. */
final class ReferenceDumps {

    private ReferenceDumps() {}

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            if (String.valueOf(Path.of(file).getFileName()).startsWith("snapshot.")) {
                new SnapshotFormatter().run(file, true, false);
            } else {
                try (TxnLogToolkit toolkit = new TxnLogToolkit(false, true, file, false)) {
                    toolkit.dump(new Scanner(""));
                }
            }
        }
    }
}
