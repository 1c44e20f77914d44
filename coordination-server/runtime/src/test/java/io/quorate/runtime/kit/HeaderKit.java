package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.JuteReader;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reply headers: xid, zxid and error of ordinary replies, special xids and events (client protocol 3.4 and 3.5). */
abstract class HeaderKit extends ClientProtocolKit {

    @ParameterizedTest
    @Checklist(20)
    @DisplayName("14.20 a ping is answered with xid -2 whatever it carried, the current zxid and no body")
    @ValueSource(ints = {77, -2, 0, -8})
    void pingIsAnsweredWithItsOwnXid(int xid) {
        long zxid = session().setData(root(), "x").zxid();
        session().send(xid, Op.PING, Bodies.none());

        Reply reply = session().receive();
        assertThat(reply.xid()).isEqualTo(-2);
        assertThat(reply.zxid()).isEqualTo(zxid);
        assertThat(reply.err()).isZero();
        assertThat(reply.length()).isEqualTo(Reply.HEADER_LENGTH);
    }

    @ParameterizedTest
    @Checklist(21)
    @DisplayName("14.21 auth is answered with the xid it carried and zxid 0")
    @ValueSource(ints = {-4, 9, 0})
    void authEchoesTheXid(int xid) {
        session().send(xid, Op.AUTH, Bodies.auth("digest", Bodies.bytes("bob:secret")));

        Reply reply = session().receive();
        assertThat(reply.xid()).isEqualTo(xid);
        assertThat(reply.zxid()).isZero();
        assertThat(reply.err()).isZero();
        assertThat(reply.length()).isEqualTo(Reply.HEADER_LENGTH);
    }

    @ParameterizedTest
    @Checklist(22)
    @DisplayName("14.22 setWatches is answered with the xid it carried and no body")
    @ValueSource(ints = {-8, 5})
    void setWatchesEchoesTheXid(int xid) {
        session().send(xid, Op.SET_WATCHES, Bodies.setWatches(0, List.of(), List.of(), List.of()));

        Reply reply = session().receive();
        assertThat(reply.xid()).isEqualTo(xid);
        assertThat(reply.err()).isZero();
        assertThat(reply.length()).isEqualTo(Reply.HEADER_LENGTH);
    }

    @ParameterizedTest
    @DisplayName("3.4 the xid of an ordinary request is echoed and never interpreted")
    @ValueSource(ints = {1, 0, -1000, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void xidIsEchoed(int xid) {
        session().send(xid, Op.EXISTS, Bodies.read(root(), false));

        assertThat(session().receiveAny().xid()).isEqualTo(xid);
    }

    @Test
    @Checklist(23)
    @DisplayName("14.23 replies carry a zxid above 0 that never decreases on one connection")
    void zxidNeverDecreases() {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            replies.add(session().exists(root(), false));
            replies.add(session().create(path("n"), Flags.PERSISTENT_SEQUENTIAL));
            replies.add(session().create(root()));
            replies.add(session().getData(path("missing"), false));
            replies.add(session().ping());
            open().create(path("other" + i)).ok();
        }

        assertThat(replies).extracting(Reply::zxid).isSorted().allMatch(zxid -> zxid > 0);
    }

    @Test
    @Checklist(24)
    @DisplayName("14.24 the zxid of a write's reply is the node's mzxid")
    void zxidOfAWriteIsTheNodesMzxid() {
        Reply created = session().create2(path("a"), Flags.PERSISTENT);
        Reply set = session().setData(path("a"), "x");

        assertThat(created.zxid()).isEqualTo(created.created().stat().czxid());
        assertThat(set.zxid()).isEqualTo(set.stat().mzxid()).isGreaterThan(created.zxid());
    }

    @Test
    @DisplayName("3.5 a failed write carries a real zxid, not below that of the last write")
    void zxidOfAFailedWrite() {
        long before = session().setData(root(), "x").zxid();
        Reply failed = session().create(root());

        assertThat(failed.err()).isEqualTo(Err.NODE_EXISTS);
        assertThat(failed.zxid()).isGreaterThanOrEqualTo(before);
        assertThat(failed.length()).isEqualTo(Reply.HEADER_LENGTH);
    }

    @Test
    @Checklist(25)
    @DisplayName("14.25 a failed read has a current zxid and a frame of 16 bytes")
    void failedReadIsAHeader() {
        long current = session().setData(root(), "x").zxid();
        Reply failed = session().getData(path("missing"), false);

        assertThat(failed.err()).isEqualTo(Err.NO_NODE);
        assertThat(failed.zxid()).isEqualTo(current);
        assertThat(failed.length()).isEqualTo(Reply.HEADER_LENGTH);
    }

    @Test
    @Checklist({26, 27})
    @DisplayName("14.26 an event carries the zxid of its transaction, state 3 and err 0")
    void eventCarriesTheZxidOfItsTransaction() {
        session().getData(root(), true).ok();
        long zxid = open().setData(root(), "x").ok().zxid();

        Reply frame = session().receiveAny();
        assertThat(frame.xid()).isEqualTo(-1);
        assertThat(frame.zxid()).isEqualTo(zxid);
        assertThat(frame.err()).isZero();
        JuteReader body = frame.body();
        assertThat(body.integer()).isEqualTo(WatchEvent.NODE_DATA_CHANGED);
        assertThat(body.integer()).isEqualTo(3);
        assertThat(body.string()).isEqualTo(root());
        body.requireEnd();
    }

    @Test
    @Checklist({26, 27})
    @DisplayName("14.26 an event made by setWatches carries zxid -1")
    void synthesisedEventCarriesMinusOne() {
        session().setData(root(), "x").ok();
        session().call(Op.SET_WATCHES, Bodies.setWatches(0, List.of(root()), List.of(), List.of()));

        assertThat(session().takenEvents())
                .containsExactly(new WatchEvent(-1, WatchEvent.NODE_DATA_CHANGED, 3, root()));
    }

    @Test
    @DisplayName("12.1 replies without a body have exactly 16 bytes")
    void repliesWithoutABody() {
        session().create(path("a")).ok();
        session().addWatch(path("a"), 0).ok();
        List<Reply> replies = List.of(
                session().call(Op.CHECK_WATCHES, Bodies.pathAndInt(path("a"), 4)),
                session().call(Op.REMOVE_WATCHES, Bodies.pathAndInt(path("a"), 4)),
                session().delete(path("a")),
                session().digest("bob:secret"),
                session().ping(),
                session().closeSession());

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.err()).isZero();
            assertThat(reply.length()).isEqualTo(Reply.HEADER_LENGTH);
        });
    }
}
