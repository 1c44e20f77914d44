package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How sessions live and end (client protocol 2.11 and 11). The tick is short, so that sessions expire soon. */
abstract class SessionKit extends ClientProtocolKit {

    private static final int TIMEOUT_MILLIS = 1000;

    @Override
    ServerOptions options() {
        return ServerOptions.builder()
                .tickTimeMillis(200)
                .sessionTimeoutMillis(400, 60_000)
                .build();
    }

    private KitSession openShort() {
        return open(Handshake.newSession().withTimeoutMillis(TIMEOUT_MILLIS));
    }

    /** A session of its own with the ephemeral "e", of whose end the test's session is told by its next event. */
    private KitSession openShortWithEphemeral() {
        session().addWatch(path("e"), 0).ok();
        KitSession owner = openShort();
        owner.create(path("e"), Flags.EPHEMERAL).ok();
        assertThat(session().nextEvent().what()).isEqualTo("created " + path("e"));
        return owner;
    }

    @Test
    @Checklist(106)
    @DisplayName("14.106 a session that pings does not expire")
    void pingingSessionLives() {
        Handshake patient = Handshake.newSession().withTimeoutMillis(2 * TIMEOUT_MILLIS);
        KitSession pinging = open(patient);
        KitSession silent = open(patient);
        pinging.create(path("alive"), Flags.EPHEMERAL).ok();
        silent.create(path("silent"), Flags.EPHEMERAL).ok();

        // The silent session has the same timeout and was heard later: when it has expired, enough time has passed.
        untilGone(pinging, path("silent"));
        assertThat(pinging.exists(path("alive"), false).err()).isZero();
    }

    @Test
    @Checklist({8, 107})
    @DisplayName(
            "14.107 14.8 a silent session expires: its connection closes, its ephemerals vanish, resume is invalid")
    void silentSessionExpires() {
        KitSession silent = openShortWithEphemeral();

        assertThat(session().nextEvent().what()).isEqualTo("deleted " + path("e"));
        assertThat(session().exists(path("e"), false).err()).isEqualTo(Err.NO_NODE);
        assertThat(silent.client().isClosedByServer()).isTrue();
        KitSession late = ended(silent.resume());
        assertThat(late.id()).isZero();
        assertThat(late.connected().timeoutMillis()).isZero();
        assertThat(late.client().isClosedByServer()).isTrue();
    }

    @Test
    @DisplayName("11.1 a session does not expire before its timeout")
    void sessionDoesNotExpireEarly() {
        long before = System.nanoTime();
        openShortWithEphemeral();
        session().nextEvent();

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Duration.ofMillis(TIMEOUT_MILLIS));
    }

    @Test
    @Checklist(108)
    @DisplayName("14.108 closeSession replies and then closes; ephemerals are gone by then")
    void closeSession() {
        KitSession closing = open();
        closing.create(path("e"), Flags.EPHEMERAL).ok();
        closing.create(path("s"), Flags.EPHEMERAL_SEQUENTIAL).ok();
        closing.create(path("p")).ok();
        Reply reply = closing.closeSession();

        assertThat(session().getChildren(root(), false).children()).containsExactly("p");
        assertThat(reply.err()).isZero();
        assertThat(reply.length()).isEqualTo(Reply.HEADER_LENGTH);
        assertThat(reply.zxid())
                .isEqualTo(session().exists(root(), false).stat().pzxid());
        assertThat(closing.client().isClosedByServer()).isTrue();
    }

    @Test
    @Checklist(109)
    @DisplayName("14.109 a dropped connection keeps ephemerals, and resume before expiry keeps them")
    void droppedConnectionKeepsEphemerals() {
        KitSession first = open();
        first.create(path("e"), Flags.EPHEMERAL).ok();
        first.drop();
        assertThat(session().exists(path("e"), false).err()).isZero();

        KitSession second = ended(first.resume());
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.exists(path("e"), false).stat().ephemeralOwner()).isEqualTo(first.id());
        second.closeSession().ok();
        assertThat(session().exists(path("e"), false).err()).isEqualTo(Err.NO_NODE);
    }

    @Test
    @Checklist(109)
    @DisplayName("14.109 a dropped connection's ephemerals vanish when the session expires")
    void droppedSessionExpires() {
        openShortWithEphemeral().drop();

        assertThat(session().nextEvent().what()).isEqualTo("deleted " + path("e"));
    }

    @Test
    @Checklist(111)
    @DisplayName("14.111 requests on a connection whose session has expired are not executed")
    void expiredSessionExecutesNothing() {
        KitSession expiring = openShortWithEphemeral();
        session().nextEvent();
        expiring.client()
                .trySendRaw(FrameClient.frame(
                        KitSession.request(50, Op.CREATE, Bodies.create(path("late"), null, Acl.OPEN, 0))));

        assertThat(expiring.client().isClosedByServer()).isTrue();
        assertThat(session().exists(path("late"), false).err()).isEqualTo(Err.NO_NODE);
    }

    @Test
    @DisplayName("2.11 requests behind closeSession on one connection are never executed")
    void requestsBehindCloseAreNotExecuted() {
        KitSession closing = open();
        byte[] close = KitSession.request(1, Op.CLOSE_SESSION, Bodies.none());
        byte[] create = KitSession.request(2, Op.CREATE, Bodies.create(path("late"), null, Acl.OPEN, 0));
        closing.client().sendRaw(new JuteWriter().buffer(close).buffer(create).toBytes());

        assertThat(closing.receive().xid()).isEqualTo(1);
        assertThat(closing.client().readToEndLength()).isIn(0, Integer.BYTES + Reply.HEADER_LENGTH);
        assertThat(session().exists(path("late"), false).err()).isEqualTo(Err.NO_NODE);
    }

    @Test
    @DisplayName("2.11 what was sent before the connection was lost still executes")
    void requestsBeforeADropExecute() {
        KitSession dropping = open();
        dropping.send(Op.CREATE, Bodies.create(path("sent"), null, Acl.OPEN, 0));
        dropping.client().shutdownOutput();

        Eventually.until(
                "the create is executed",
                () -> session().exists(path("sent"), false).err() == Err.OK);
    }

    @Test
    @DisplayName("11.3 a closing session takes the ephemerals of its pipelined creates along")
    void pipelinedEphemeralsAreClosedToo() {
        KitSession closing = open();
        for (int i = 0; i < 20; i++) {
            closing.send(Op.CREATE, Bodies.create(path("e" + i), null, Acl.OPEN, Flags.EPHEMERAL));
        }
        closing.send(Op.DELETE, Bodies.pathAndInt(path("e3"), -1));
        closing.send(Op.CLOSE_SESSION, Bodies.none());
        for (int i = 0; i < 22; i++) {
            closing.receive().ok();
        }

        assertThat(session().getChildren(root(), false).children()).isEmpty();
    }

    @Test
    @DisplayName("2.6 a resume with another timeout makes that the session's timeout")
    void resumeChangesTheTimeout() {
        KitSession longLived = open();
        longLived.create(path("e"), Flags.EPHEMERAL).ok();
        session().exists(path("e"), true).ok();
        longLived.drop();
        open(longLived.resumption().withTimeoutMillis(TIMEOUT_MILLIS)).drop();

        assertThat(session().nextEvent().what()).isEqualTo("deleted " + path("e"));
    }

    /** Waits until a node has vanished, with requests of this session meanwhile: pings and reads keep it alive. */
    private static void untilGone(KitSession session, String path) {
        Eventually.until(path + " is gone", () -> {
            session.ping();
            return session.exists(path, false).err() == Err.NO_NODE;
        });
    }
}
