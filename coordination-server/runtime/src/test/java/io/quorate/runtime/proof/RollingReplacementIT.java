package io.quorate.runtime.proof;

import static io.quorate.runtime.proof.ServerProgram.QUORATE;
import static io.quorate.runtime.proof.ServerProgram.ZOOKEEPER;

import io.quorate.runtime.kit.wire.KitSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ensemble of ZooKeeper servers is replaced by one of ours and back again, one member at a time and the leader last,
 * while clients write.
 */
final class RollingReplacementIT {

    private static final int VOTERS = 3;
    private static final int WRITERS = 4;
    private static final long WRITES_BETWEEN = 30;

    @TempDir
    Path directory;

    @Test
    @DisplayName("10.66 10.65 one at a time, there and back, on the same data: nothing acknowledged is lost")
    void membersKeepTheirData(TestReporter report) throws Exception {
        replace(report, false);
    }

    @Test
    @DisplayName("10.67 10.32 one at a time, there and back, each with empty data")
    void membersComeWithoutData(TestReporter report) throws Exception {
        replace(report, true);
    }

    private void replace(TestReporter report, boolean wiped) throws Exception {
        Figures figures = new Figures(report);
        try (MemberProcesses members = new MemberProcesses(directory, VOTERS, 0)) {
            members.startAll(ZOOKEEPER, ZOOKEEPER, ZOOKEEPER);
            try (KitSession setUp = members.open(1);
                    WriteLoad load = new WriteLoad(members.connectString(), WRITERS, setUp)) {
                TreeOfAllKinds tree = new TreeOfAllKinds(setUp, "/kinds");
                tree.write(600);
                tree.writeExtremes();
                load.start();
                for (ServerProgram program : List.of(QUORATE, ZOOKEEPER)) {
                    List<Integer> order = leaderLast(members);
                    for (int id : order) {
                        load.awaitMore(members.member(id), WRITES_BETWEEN);
                        members.member(id).stop();
                        if (wiped) {
                            members.wipe(id);
                        }
                        members.start(id, program);
                    }
                    load.awaitMore(members.member(1), WRITES_BETWEEN);
                    for (int id : wiped ? exactlyCopied(order, program) : order) {
                        members.requireNoDigestMismatch(id);
                    }
                    figures.publish("all are " + program, load.acknowledged() + " writes acknowledged");
                }
                load.stop();
                for (int id = 1; id <= VOTERS; id++) {
                    load.check(members, id);
                }
                members.requireEqual();
                members.requireOneLeaderPerEpoch();
            }
        }
    }

    /**
     * A snapshot that ZooKeeper sends while it writes holds some of what follows it. ZooKeeper as learner counts the
     * digests of that stretch as mismatches; the last member to come back has such a leader.
     */
    private static List<Integer> exactlyCopied(List<Integer> order, ServerProgram program) {
        return program == ZOOKEEPER ? order.subList(0, VOTERS - 1) : order;
    }

    private static List<Integer> leaderLast(MemberProcesses members) {
        int leader = members.awaitLeader();
        List<Integer> order = new ArrayList<>();
        for (int id = 1; id <= VOTERS; id++) {
            if (id != leader) {
                order.add(id);
            }
        }
        order.add(leader);
        return order;
    }
}
