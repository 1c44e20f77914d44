package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames, their limits, malformed ones, and the limits of connections (client protocol 1.2, 1.3 and 11.4). */
abstract class FramingKit extends ClientProtocolKit {

    private static final int MAX_FRAME = 1_048_575;

    @Test
    @Checklist(11)
    @DisplayName("14.11 a frame of 1048575 bytes is accepted")
    void largestFrameIsAccepted() {
        byte[] exists = KitSession.request(1, Op.EXISTS, Bodies.read(root(), false));
        session().client().sendFrame(Arrays.copyOf(exists, MAX_FRAME));

        assertThat(session().receive().err()).isZero();
    }

    @Test
    @Checklist(11)
    @DisplayName("14.11 a frame of 1048576 bytes closes the connection and the session survives")
    void tooLargeFrameCloses() {
        session().client().sendRaw(new JuteWriter().integer(MAX_FRAME + 1).toBytes());

        assertThat(session().client().isClosedByServer()).isTrue();
        assertThat(ended(session().resume()).id()).isEqualTo(session().id());
    }

    @ParameterizedTest
    @Checklist(11)
    @DisplayName("14.11 a negative frame length closes the connection and the session survives")
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void negativeFrameLengthCloses(int length) {
        session().client().sendRaw(new JuteWriter().integer(length).toBytes());

        assertThat(session().client().isClosedByServer()).isTrue();
        assertThat(ended(session().resume()).id()).isEqualTo(session().id());
    }

    @ParameterizedTest
    @DisplayName("1.2 the frame limit holds for the handshake as well")
    @ValueSource(ints = {-1, MAX_FRAME + 1, 0x47455420})
    void handshakeFrameLimit(int length) {
        FrameClient client = connect();
        client.sendRaw(new JuteWriter().integer(length).toBytes());

        assertThat(client.isClosedByServer()).isTrue();
    }

    @ParameterizedTest
    @Checklist(12)
    @DisplayName("14.12 a body too short for a header closes the connection")
    @ValueSource(ints = {0, 4, 7})
    void bodyWithoutHeaderCloses(int length) {
        session().client().sendFrame(new byte[length]);

        assertThat(session().client().isClosedByServer()).isTrue();
    }

    @Test
    @Checklist(13)
    @DisplayName("14.13 a truncated create body is -5 and the next request works")
    void truncatedCreateBody() {
        session().send(Op.CREATE, new JuteWriter().string(path("a")).integer(100));
        session().send(Op.EXISTS, Bodies.read(root(), false));

        Reply refused = session().receive();
        assertThat(refused.err()).isEqualTo(Err.MARSHALLING);
        assertThat(refused.length()).isEqualTo(Reply.HEADER_LENGTH);
        assertThat(session().receive().err()).isZero();
    }

    @Test
    @Checklist(14)
    @DisplayName("14.14 trailing bytes behind a request body are ignored")
    void trailingBytesAreIgnored() {
        JuteWriter create =
                Bodies.create(path("a"), Bodies.bytes("x"), Acl.OPEN, 0).longInteger(-1);

        assertThat(session().call(Op.CREATE, create).path()).isEqualTo(path("a"));
        session().send(Op.PING, Bodies.none().integer(5));
        assertThat(session().receive().err()).isZero();
    }

    @ParameterizedTest
    @Checklist(15)
    @DisplayName("14.15 an opcode that clients may not send is -6 with zxid -1, then close")
    @ValueSource(ints = {999, Op.CHECK, Op.NOTIFICATION, Op.ERROR, 10, 23, 99, 108, -2, Integer.MAX_VALUE})
    void unknownOpcode(int opcode) {
        Reply refused = session().call(opcode, Bodies.pathAndInt(root(), -1));

        assertUnimplemented(refused);
        assertThat(ended(session().resume()).id()).isEqualTo(session().id());
    }

    @Test
    @DisplayName("13.2 deleteContainer from a client")
    void deleteContainerFromClient() {
        session().create(path("a")).ok();
        Reply reply = session().call(Op.DELETE_CONTAINER, Bodies.path(path("a")));

        if (expected(DeliberateDifference.DELETE_CONTAINER_FROM_CLIENTS, true, false)) {
            assertThat(reply.err()).isZero();
        } else {
            assertUnimplemented(reply);
        }
    }

    @Test
    @DisplayName("13.3 createSession from a client")
    void createSessionFromClient() {
        session().send(Op.CREATE_SESSION, new JuteWriter().integer(10_000));

        if (expected(DeliberateDifference.CREATE_SESSION_FROM_CLIENTS, true, false)) {
            // The answer is a second ConnectResponse, which has no header.
            assertThat(session().client().readFrame()).hasSize(37);
        } else {
            assertUnimplemented(session().receive());
        }
    }

    @Test
    @Checklist(18)
    @DisplayName("14.18 the 61st connection from one address is closed with no bytes")
    void connectionsPerAddress() {
        withServer(options(), own -> {
            for (int i = 0; i < 60; i++) {
                assertThat(ended(KitSession.open(own.address())).id()).isNotZero();
            }
            assertThat(FrameClient.isClosedAtOnce(own.address())).isTrue();
        });
    }

    @Test
    @Checklist(19)
    @DisplayName("14.19 a connection that sends nothing is closed")
    void silentConnectionIsClosed() {
        withServer(ServerOptions.builder().sessionlessTimeoutMillis(500).build(), own -> {
            FrameClient silent = ended(FrameClient.connect(own.address()));
            assertThat(silent.isClosedByServer()).isTrue();
        });
    }

    @Test
    @Checklist(125)
    @DisplayName("14.125 2000 pipelined requests on one connection are all answered in order")
    void pipelinedRequestsAreAnsweredInOrder() {
        for (int i = 0; i < 1000; i++) {
            session().send(Op.SET_DATA, Bodies.setData(root(), Bodies.bytes("v" + i), i));
            session().send(Op.GET_DATA, Bodies.read(root(), false));
        }
        // The session's first request created the test's node under xid 1.
        for (int i = 0; i < 1000; i++) {
            Reply set = session().receive();
            assertThat(set.xid()).isEqualTo(2 + 2 * i);
            assertThat(set.stat().version()).isEqualTo(i + 1);
            Reply get = session().receive();
            assertThat(get.xid()).isEqualTo(3 + 2 * i);
            assertThat(get.data().text()).isEqualTo("v" + i);
        }
    }

    @Test
    @DisplayName("1.2 frames may arrive in any pieces")
    void framesInPieces() {
        byte[] frame = FrameClient.frame(KitSession.request(77, Op.EXISTS, Bodies.read(root(), false)));
        for (byte one : frame) {
            session().client().sendRaw(one);
        }

        assertThat(session().receive().xid()).isEqualTo(77);
    }

    private void assertUnimplemented(Reply refused) {
        assertThat(refused.err()).isEqualTo(Err.UNIMPLEMENTED);
        assertThat(refused.zxid()).isEqualTo(-1);
        assertThat(refused.length()).isEqualTo(Reply.HEADER_LENGTH);
        assertThat(session().client().isClosedByServer()).isTrue();
    }
}
