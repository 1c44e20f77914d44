package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ZooKeeper's shell says the same of both servers. */
final class ShellIT {

    private static final int SNAP_COUNT = 100_000;

    private static final List<String> LINES = List.of(
            "create /a one",
            "create /a again",
            "create -e /e ephemeral",
            "create -s /a/s- sequential",
            "create -s /a/s- sequential",
            "create -c /c container",
            "create -t 3600000 /t ttl",
            "create /missing/b two",
            "create /null",
            "get /a",
            "get -s /a",
            "get /missing",
            "ls /",
            "ls -s /",
            "ls -R /",
            "ls -w /a",
            "set /a two",
            "set -s /a three",
            "set -v 1 /a four",
            "stat /a",
            "stat -w /a",
            "addWatch /a",
            "addWatch -m PERSISTENT /c",
            "set /a five",
            "create /c/child x",
            "delete /c/child",
            "removewatches /a",
            "getAcl /a",
            "getAcl -s /a",
            "setAcl /null world:anyone:r",
            "getAcl /null",
            "set /null denied",
            "addauth digest user:password",
            "create /mine secret digest:user:Pzwf2nGGM1gjGkmNc4DrkQkjbRI=:cdrwa",
            "getAcl /mine",
            "setAcl -s /a auth::cdrwa",
            "getAcl /a",
            "whoami",
            "getEphemerals",
            "getEphemerals /e",
            "getAllChildrenNumber /",
            "create /q quota",
            "setquota -n 5 /q",
            "setquota -b 1000 /q",
            "listquota /q",
            "create /q/1 x",
            "listquota /q",
            "delquota -n /q",
            "listquota /q",
            "sync /a",
            "version",
            "config",
            "reconfig -remove 3",
            "delete /a",
            "delete -v 7 /t",
            "delete /t",
            "deleteall /a",
            "deleteall /missing",
            "ls -R /",
            "close",
            "nonsense");

    @TempDir
    Path directory;

    @Test
    void saysTheSameOfBothServers() {
        List<Shell.Outcome> reference = outcomes(ServerProgram.ZOOKEEPER);
        List<Shell.Outcome> ours = outcomes(ServerProgram.QUORATE);

        for (int i = 0; i < reference.size(); i++) {
            assertThat(ours.get(i).replies()).isEqualTo(reference.get(i).replies());
            assertThat(ours.get(i).unordered()).isEqualTo(reference.get(i).unordered());
            assertThat(ours.get(i).exitCode()).isEqualTo(reference.get(i).exitCode());
        }
        // That both were silent would be the same, too.
        assertThat(reference.get(0).replies()).contains("Created /a", "one");
        assertThat(reference.get(0).unordered()).anyMatch(event -> event.contains("NodeDataChanged path:/a"));
    }

    private List<Shell.Outcome> outcomes(ServerProgram program) {
        List<Shell.Outcome> outcomes = new ArrayList<>();
        try (ServerProcess server = new ServerProcess(directory.resolve(program.name()), SNAP_COUNT)) {
            server.start(program);
            Shell shell = new Shell(directory.resolve(program.name()), server.connectString());
            outcomes.add(shell.type(LINES));
            outcomes.add(shell.run("create", "/once", "x"));
            outcomes.add(shell.run("get", "-s", "/once"));
            outcomes.add(shell.run("ls", "-R", "/"));
            outcomes.add(shell.run("delete", "/missing"));
        }
        return outcomes;
    }
}
