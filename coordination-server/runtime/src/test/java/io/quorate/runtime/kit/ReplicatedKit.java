package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Multi;
import io.quorate.runtime.kit.wire.Node;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.WatchEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What a client can see of an ensemble of three: sessions that move, writes through any member, failures (2.7, 2.8, 8).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReplicatedKit implements ServerFactory {

    private static final int TIMEOUT_MILLIS = 2000;

    private static final String MEMBER = "127\\.0\\.0\\.1:\\d+:\\d+:participant\n";
    private static final String MEMBERSHIP =
            "server\\.1=" + MEMBER + "server\\.2=" + MEMBER + "server\\.3=" + MEMBER + "version=0";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final EnsembleUnderTest ensemble = newEnsemble();
    private int tests;

    @BeforeAll
    final void startEnsemble() {
        ensemble.start(ServerOptions.builder()
                .shape(ServerOptions.Shape.ENSEMBLE_OF_ONE)
                .tickTimeMillis(500)
                .sessionTimeoutMillis(TIMEOUT_MILLIS, 60_000)
                .fourLetterWords("*")
                .build());
    }

    @AfterAll
    final void stopEnsemble() {
        ensemble.close();
    }

    @BeforeEach
    final void nextTest() {
        tests++;
    }

    @AfterEach
    final void closeSessions() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        opened.clear();
    }

    @Test
    @DisplayName("operations 2.2, 2.3 every member says in four letters what it is and who the others are")
    void wordsOfEveryMember() {
        KitSession session = open(1);
        session.create(path("proposed")).ok();
        int leaders = 0;
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            assertThat(word(member, "isro")).isEqualTo("rw");
            assertThat(word(member, "conf"))
                    .contains("serverId=" + member + "\n", "electionAlg=3\n", "peerType=0\n", "membership: \n")
                    .containsPattern(
                            "initLimit=\\d+\nsyncLimit=\\d+\nelectionAlg=3\nelectionPort=\\d+\nquorumPort=\\d+\n")
                    .containsPattern(MEMBERSHIP + "$");
            assertThat(word(member, "mntr")).contains("zk_quorum_size\t3\n");
            if (word(member, "srvr").contains("Mode: leader\n")) {
                leaders++;
                assertWordsOfALeader(member);
            } else {
                assertWordsOfAFollower(member);
            }
        }
        assertThat(leaders).isEqualTo(1);
    }

    private void assertWordsOfALeader(int member) {
        assertThat(word(member, "srvr"))
                .containsPattern("\nNode count: \\d+\nProposal sizes last/min/max: \\d+/\\d+/\\d+\n$");
        assertThat(word(member, "mntr"))
                .contains("zk_server_state\tleader\n", "zk_peer_state\tleading - broadcast\n")
                .contains("zk_learners\t2\n", "zk_synced_followers\t2\n", "zk_synced_observers\t0\n")
                .contains("zk_synced_non_voting_followers\t0\n", "zk_pending_syncs\t0\n")
                .containsPattern("\nzk_leader_uptime\t\\d+\n")
                .containsPattern("\nzk_last_proposal_size\t\\d+\n")
                .containsPattern("\nzk_min_proposal_size\t\\d+\n")
                .containsPattern("\nzk_max_proposal_size\t\\d+\n");
        assertThat(word(member, "dump"))
                .containsPattern("^SessionTracker dump:\n(Global )?Session Sets \\(\\d+\\)/\\(\\d+\\):\n");
    }

    private void assertWordsOfAFollower(int member) {
        assertThat(word(member, "srvr")).contains("Mode: follower\n").doesNotContain("Proposal sizes");
        assertThat(word(member, "mntr"))
                .contains("zk_server_state\tfollower\n", "zk_peer_state\tfollowing - broadcast\n")
                .doesNotContain("zk_learners", "zk_leader_uptime", "zk_last_proposal_size");
        assertThat(word(member, "dump"))
                .containsPattern("^SessionTracker dump:\nGlobal Sessions\\(\\d+\\):\n0x[0-9a-f]+\t\\d+ms\n");
    }

    @Test
    @DisplayName("operations 2.2 srst makes a leader forget the sizes of proposals")
    void resetForgetsProposalSizes() {
        int leader = 1;
        while (!word(leader, "srvr").contains("Mode: leader\n")) {
            leader++;
        }
        int leading = leader;
        open(leading).create(path("measured")).ok();
        assertThat(word(leading, "mntr")).containsPattern("\nzk_max_proposal_size\t\\d+\n");
        // Sessions that expire meanwhile are proposals as well.
        Eventually.until("no proposal is remembered after srst", () -> {
            assertThat(word(leading, "srst")).isEqualTo("Server stats reset.\n");
            String figures = word(leading, "mntr");
            return figures.contains("\nzk_last_proposal_size\t-1\n")
                    && figures.contains("\nzk_min_proposal_size\t-1\n")
                    && figures.contains("\nzk_max_proposal_size\t-1\n");
        });
    }

    private String word(int member, String word) {
        FrameClient client = ended(FrameClient.connect(ensemble.address(member)));
        client.sendRaw(word.getBytes(StandardCharsets.US_ASCII));
        return client.readToEnd();
    }

    @Test
    @DisplayName("quorum protocol 1.5 every member shows the membership in /zookeeper/config")
    void membershipOnEveryMember() {
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            Node.Data config = open(member).getData("/zookeeper/config", false).data();
            assertThat(config.text()).matches(MEMBERSHIP);
            assertThat(config.stat().version()).isEqualTo(-1);
        }
    }

    @Test
    @Checklist({5, 110})
    @DisplayName("14.110 14.5 ephemerals survive resume on another server; ids carry the server's id")
    void ephemeralsSurviveAMove() {
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            KitSession first = open(member);
            String path = path("e" + member);
            assertThat(first.id() >>> 56).isEqualTo(member);
            first.create(path, Flags.EPHEMERAL).ok();
            first.drop();

            KitSession second = resume(first, other(member));
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.connected().password())
                    .isEqualTo(first.connected().password());
            // Unlike a client, which says what it has seen, this one may come to a member that is behind.
            second.call(Op.SYNC, Bodies.path(path)).ok();
            assertThat(second.exists(path, false).stat().ephemeralOwner()).isEqualTo(first.id());
            second.closeSession().ok();
            assertGoneEverywhere(path);
        }
    }

    @Test
    @Checklist(112)
    @DisplayName("14.112 writes through a stale connection after the session moved close that connection")
    void writesAfterAMove() {
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            KitSession stale = open(member);
            stale.create(path("before" + member)).ok();
            KitSession moved = resume(stale, other(member));
            assertThat(moved.id()).isEqualTo(stale.id());
            stale.send(Op.CREATE, Bodies.create(path("late" + member), null, Acl.OPEN, 0));

            assertThat(stale.client().isClosedByServer()).isTrue();
            // A member knows the answer to a request by session and xid: none may be used twice within a session.
            moved.countingOnFrom(stale);
            assertThat(moved.exists(path("late" + member), false).err()).isEqualTo(Err.NO_NODE);
            assertThat(moved.create(path("after" + member)).err()).isZero();
        }
    }

    @Test
    @DisplayName("2.8 a multi through a stale connection closes it as well")
    void multiAfterAMove() {
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            KitSession stale = open(member);
            KitSession moved = resume(stale, other(member));
            stale.send(Op.MULTI, new Multi().create(path("late" + member)).body());

            assertThat(stale.client().isClosedByServer()).isTrue();
            assertThat(moved.exists(path("late" + member), false).err()).isEqualTo(Err.NO_NODE);
        }
    }

    @Test
    @DisplayName("2.8 a close through a stale connection ends the session all the same, wherever it is by now")
    void closeAfterAMove() {
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            KitSession stale = open(member);
            KitSession moved = resume(stale, other(member));
            String path = path("e" + member);
            moved.countingOnFrom(stale);
            moved.create(path, Flags.EPHEMERAL).ok();

            stale.send(Op.CLOSE_SESSION, Bodies.none());

            assertThat(moved.client().isClosedByServer()).isTrue();
            assertGoneEverywhere(path);
        }
    }

    @Test
    @DisplayName("2.7 a wrong password or an unknown id is invalid on every member")
    void invalidOnEveryMember() {
        KitSession owner = open(1);
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            for (Handshake wrong :
                    List.of(owner.resumption().withPassword(new byte[16]), Handshake.resume(7, new byte[16]))) {
                KitSession refused = open(member, wrong);
                assertThat(refused.id()).isZero();
                assertThat(refused.connected().timeoutMillis()).isZero();
                assertThat(refused.client().isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("8.1 reads behind an own write see it on every member, in request order")
    void readsBehindOwnWrites() {
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            KitSession session = open(member);
            String path = path("a" + member);
            session.create(path).ok();
            for (int i = 0; i < 100; i++) {
                session.send(Op.SET_DATA, Bodies.setData(path, Bodies.bytes("v" + i), i));
                session.send(Op.CREATE, Bodies.create(path, null, Acl.OPEN, 0));
                session.send(Op.GET_DATA, Bodies.read(path, false));
            }
            long zxid = 0;
            for (int i = 0; i < 100; i++) {
                Reply set = session.receive();
                Reply refused = session.receive();
                Reply get = session.receive();
                assertThat(set.xid()).isEqualTo(2 + 3 * i);
                assertThat(set.stat().mzxid()).isEqualTo(set.zxid()).isGreaterThan(zxid);
                assertThat(refused.err()).isEqualTo(Err.NODE_EXISTS);
                assertThat(refused.zxid()).isGreaterThanOrEqualTo(set.zxid());
                assertThat(get.data().text()).isEqualTo("v" + i);
                zxid = get.zxid();
            }
        }
    }

    @Test
    @DisplayName("8.4 after sync a member shows every write that was answered before")
    void syncOnEveryMember() {
        KitSession writer = open(1);
        List<KitSession> readers = List.of(open(1), open(2), open(3));
        writer.create(path("a")).ok();
        for (int i = 0; i < 20; i++) {
            writer.setData(path("a"), "v" + i).ok();
            for (KitSession reader : readers) {
                reader.send(Op.SYNC, Bodies.path(path("a")));
                reader.send(Op.GET_DATA, Bodies.read(path("a"), false));
                assertThat(reader.receive().path()).isEqualTo(path("a"));
                assertThat(reader.receive().data().text()).isEqualTo("v" + i);
            }
        }
    }

    @Test
    @DisplayName("8.2 every member reports the same events with the same zxids")
    void eventsOnEveryMember() {
        List<KitSession> watchers = List.of(open(1), open(2), open(3));
        watchers.forEach(watcher -> watcher.addWatch(path("a"), 1).ok());
        List<Long> zxids = new ArrayList<>();
        KitSession owner = open(2);
        zxids.add(owner.create(path("a")).zxid());
        zxids.add(owner.create(path("a/e"), Flags.EPHEMERAL).zxid());
        zxids.add(owner.setData(path("a"), "x").zxid());
        zxids.add(owner.closeSession().zxid());

        for (KitSession watcher : watchers) {
            List<WatchEvent> events = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                events.add(watcher.nextEvent());
            }
            assertThat(events)
                    .extracting(WatchEvent::what)
                    .containsExactly(
                            "created " + path("a"),
                            "created " + path("a/e"),
                            "changed " + path("a"),
                            "deleted " + path("a/e"));
            assertThat(events).extracting(WatchEvent::zxid).containsExactlyElementsOf(zxids);
        }
    }

    @Test
    @Checklist(107)
    @DisplayName("14.107 a silent session expires on every member, and a resume of it is invalid everywhere")
    void silentSessionExpires() {
        KitSession watcher = open(1);
        List<KitSession> ofEach = List.of(shortSession(1), shortSession(2), shortSession(3));
        for (KitSession owner : ofEach) {
            owner.create(path("e" + (ofEach.indexOf(owner) + 1)), Flags.EPHEMERAL)
                    .ok();
        }
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            KitSession silent = ofEach.get(member - 1);
            String path = path("e" + member);
            Eventually.until(path + " is gone", () -> {
                watcher.call(Op.SYNC, Bodies.path("/")).ok();
                return watcher.exists(path, false).err() == Err.NO_NODE;
            });
            assertThat(silent.client().isClosedByServer()).isTrue();
            // ZooKeeper closes a connection without an answer whose session ends there while it is being resumed.
            open(other(member)).call(Op.SYNC, Bodies.path("/")).ok();
            assertThat(resume(silent, other(member)).id()).isZero();
        }
    }

    @Test
    @Checklist(106)
    @DisplayName("14.106 sessions that ping a follower do not expire")
    void pingsReachTheLeader() {
        List<KitSession> pinging = List.of(shortSession(1), shortSession(2), shortSession(3));
        KitSession silent = shortSession(2);
        silent.create(path("e"), Flags.EPHEMERAL).ok();

        // The silent session has the same timeout and was heard later: when it has expired, enough time has passed.
        Eventually.until("the silent session is gone", () -> {
            pinging.forEach(KitSession::ping);
            pinging.get(0).call(Op.SYNC, Bodies.path("/")).ok();
            return pinging.get(0).exists(path("e"), false).err() == Err.NO_NODE;
        });
        assertThat(pinging)
                .allMatch(session ->
                        session.create(path("n"), Flags.EPHEMERAL_SEQUENTIAL).err() == 0);
    }

    @Test
    @DisplayName("8.2 a session survives the loss of the leader; without a quorum connections are closed")
    void lossOfTheLeaderAndOfTheQuorum() {
        int leader = leader();
        int survivor = other(leader);
        KitSession before = open(leader);
        before.create(path("e"), Flags.EPHEMERAL).ok();
        ensemble.kill(leader);

        assertThat(before.client().isClosedByServer()).isTrue();
        Eventually.until(
                "the others serve", () -> FrameClient.isAnswered(ensemble.address(survivor), before.resumption()));
        KitSession after = resume(before, survivor);
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.exists(path("e"), false).stat().ephemeralOwner()).isEqualTo(before.id());
        assertThat(after.setData(path("e"), "x").err()).isZero();

        int third = 6 - leader - survivor;
        ensemble.kill(third);
        assertThat(after.client().isClosedByServer()).isTrue();
        FrameClient refused = ended(FrameClient.connect(ensemble.address(survivor)));
        refused.sendFrame(Handshake.newSession().toBytes());
        assertThat(refused.isClosedByServer()).isTrue();

        ensemble.startAgain(leader);
        ensemble.startAgain(third);
        KitSession again = resume(before, third);
        assertThat(again.getData(path("e"), false).data().text()).isEqualTo("x");
    }

    private String path(String name) {
        return "/" + getClass().getSimpleName() + tests + name;
    }

    private static int other(int member) {
        return member % EnsembleUnderTest.MEMBERS + 1;
    }

    private int leader() {
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            if (word(member, "srvr").contains("Mode: leader\n")) {
                return member;
            }
        }
        throw new AssertionError("No member says that it leads");
    }

    private void assertGoneEverywhere(String path) {
        for (int member = 1; member <= EnsembleUnderTest.MEMBERS; member++) {
            KitSession session = open(member);
            session.call(Op.SYNC, Bodies.path(path)).ok();
            assertThat(session.exists(path, false).err()).isEqualTo(Err.NO_NODE);
        }
    }

    private KitSession shortSession(int member) {
        return open(member, Handshake.newSession().withTimeoutMillis(TIMEOUT_MILLIS));
    }

    private KitSession open(int member) {
        return open(member, Handshake.newSession());
    }

    private KitSession resume(KitSession session, int member) {
        return open(member, session.resumption());
    }

    private KitSession open(int member, Handshake handshake) {
        return ended(KitSession.open(ensemble.address(member), handshake));
    }

    private <T extends AutoCloseable> T ended(T resource) {
        opened.add(resource);
        return resource;
    }
}
