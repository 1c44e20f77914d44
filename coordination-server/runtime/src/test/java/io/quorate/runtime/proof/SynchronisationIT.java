package io.quorate.runtime.proof;

import static io.quorate.runtime.proof.ServerProgram.QUORATE;
import static io.quorate.runtime.proof.ServerProgram.ZOOKEEPER;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a leader of one kind brings members of the other to its history: each way that there is, and when. */
final class SynchronisationIT {

    private static final int VOTERS = 3;
    /** More than a leader keeps in memory. */
    private static final int MANY = 1200;

    private static final int FEW = 40;

    @TempDir
    Path directory;

    private MemberProcesses members;
    private int written;

    @Test
    @DisplayName("10.28 10.29 10.39 members of ZooKeeper, with a leader of ours")
    void oursLeads() {
        everyWay(QUORATE, ZOOKEEPER);
    }

    @Test
    @DisplayName("10.28 10.29 10.39 members of ours, with ZooKeeper as leader")
    void theirsLeads() {
        everyWay(ZOOKEEPER, QUORATE);
    }

    @Test
    @DisplayName("10.30 10.34 ZooKeeper takes from its log what it has in memory no more, for one of ours")
    void fromTheLog() {
        try (MemberProcesses running = new MemberProcesses(directory, VOTERS, 0)) {
            members = running;
            members.startAll(QUORATE, QUORATE, ZOOKEEPER);
            assertThat(afterAbsence(MANY)).isEqualTo("DIFF");
        }
    }

    private void everyWay(ServerProgram leader, ServerProgram followers) {
        // ZooKeeper is not to read the difference from its log: ours does not either.
        try (MemberProcesses running = new MemberProcesses(directory, VOTERS, 0, "snapshotSizeFactor=-1")) {
            members = running;
            members.startAll(followers, followers, leader);
            assertThat(members.waysOf(VOTERS))
                    .as("both without data, then one without data")
                    .containsExactly("DIFF", "SNAP");

            assertThat(afterAbsence(FEW)).as("a short absence").isEqualTo("DIFF");
            assertThat(afterAbsence(MANY)).as("a long absence").isEqualTo("SNAP");

            int deposed = members.awaitLeader();
            leaveASurplus(deposed, "/surplus-1");
            int successor = members.awaitLeader();
            int before = members.waysOf(successor, deposed).size();
            members.launch(deposed, leader);
            awaitFollowing(deposed);
            List<String> ways = members.waysOf(successor, deposed);
            assertThat(ways.subList(before, ways.size())).startsWith("TRUNC");
            requireGone(deposed, leader, "/surplus-1");

            leaveASurplus(successor, "/surplus-2");
            members.awaitServing(deposed);
            write(deposed, FEW);
            members.start(successor, followers);
            requireGone(successor, followers, "/surplus-2");
            members.requireNoDigestMismatch();
            members.requireOneLeaderPerEpoch();
        }
    }

    /** Member 1 misses so many writes. @return how it is brought up to date */
    private String afterAbsence(int writes) {
        int leader = members.awaitLeader();
        int before = members.waysOf(leader).size();
        ServerProgram program = programOf(1);
        members.member(1).stop();
        write(leader, writes);
        members.start(1, program);
        members.requireEqual();
        List<String> ways = members.waysOf(leader);
        assertThat(ways).hasSize(before + 1);
        return ways.get(before);
    }

    private ServerProgram programOf(int id) {
        return members.member(id).program();
    }

    private void write(int id, int count) {
        try (KitSession session = members.open(id)) {
            Pipeline pipeline = new Pipeline(session);
            for (int i = 0; i < count; i++) {
                pipeline.send(
                        Op.CREATE, Bodies.create("/n" + written++, Bodies.bytes("x"), Acl.OPEN, Flags.PERSISTENT));
            }
            pipeline.finish();
            session.closeSession().ok();
        }
    }

    /** The leader logs a write that nobody else hears of, and is killed; the others start again. */
    private void leaveASurplus(int leader, String path) {
        KitSession session = members.open(leader);
        List<Integer> others = new ArrayList<>(List.of(1, 2, VOTERS));
        others.remove(Integer.valueOf(leader));
        others.forEach(id -> members.member(id).pause(true));
        session.send(Op.CREATE, Bodies.create(path, Bodies.bytes(path), Acl.OPEN, Flags.PERSISTENT));
        members.member(leader).await("has logged " + path, () -> newestLogHolds(leader, path));
        members.member(leader).kill();
        // What has reached them lies in their sockets, and goes with them.
        others.forEach(id -> members.member(id).kill());
        assertThat(others).as("who has logged it besides").noneMatch(id -> newestLogHolds(id, path));
        others.forEach(id -> members.launch(id, programOf(id)));
        session.drop();
    }

    private boolean newestLogHolds(int id, String path) {
        try (Stream<Path> files = Files.list(members.data(id).resolve("version-2"))) {
            Path newest = files.filter(
                            file -> String.valueOf(file.getFileName()).startsWith("log."))
                    .max(Comparator.comparingLong(SynchronisationIT::firstZxid))
                    .orElseThrow();
            return new String(Files.readAllBytes(newest), StandardCharsets.ISO_8859_1).contains(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot look for " + path, failed);
        }
    }

    private static long firstZxid(Path log) {
        return Long.parseLong(String.valueOf(log.getFileName()).substring("log.".length()), 16);
    }

    /** Nobody opens a session meanwhile: that would be a transaction. */
    private void awaitFollowing(int id) {
        members.member(id).await("follows", () -> members.mode(id).equals("follower"));
    }

    /** Neither now nor when the member starts again from what is on its disk. */
    private void requireGone(int id, ServerProgram program, String path) {
        assertThat(members.tree(id)).doesNotContainKey(path);
        members.requireEqual();
        members.member(id).kill();
        members.start(id, program);
        assertThat(members.tree(id)).doesNotContainKey(path);
        members.requireEqual();
    }
}
