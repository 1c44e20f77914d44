package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Multi;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.WatchEvent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What fires a watch, once or again, and in which order (client protocol 7.1, 7.2 and 8.3). */
abstract class WatchKit extends ClientProtocolKit {

    private static final int PERSISTENT = 0;
    private static final int RECURSIVE = 1;

    private KitSession writer() {
        return open();
    }

    @Test
    @Checklist(82)
    @DisplayName("14.82 a getData watch fires once")
    void dataWatchFiresOnce() {
        session().getData(root(), true).ok();
        KitSession writer = writer();
        writer.setData(root(), "1").ok();
        writer.setData(root(), "2").ok();

        assertThat(session().settled()).containsExactly("changed " + root());
    }

    @Test
    @Checklist(83)
    @DisplayName("14.83 an exists watch on a missing node fires NodeCreated and is then gone")
    void existsWatchOnAMissingNode() {
        assertThat(session().exists(path("a"), true).err()).isEqualTo(Err.NO_NODE);
        KitSession writer = writer();
        writer.create(path("a")).ok();
        writer.setData(path("a"), "x").ok();
        writer.delete(path("a")).ok();

        assertThat(session().settled()).containsExactly("created " + path("a"));
    }

    @Test
    @Checklist(84)
    @DisplayName("14.84 reads that fail with -101 leave no watch, except exists")
    void failedReadsLeaveNoWatch() {
        assertThat(session().getData(path("a"), true).err()).isEqualTo(Err.NO_NODE);
        assertThat(session().getChildren(path("a"), true).err()).isEqualTo(Err.NO_NODE);
        KitSession writer = writer();
        writer.create(path("a")).ok();
        writer.create(path("a/b")).ok();
        writer.delete(path("a/b")).ok();

        assertThat(session().settled()).isEmpty();
    }

    @Test
    @DisplayName("4.4 reads that fail with -102 leave no watch")
    void refusedReadsLeaveNoWatch() {
        session()
                .create(path("a"), "d", List.of(Acl.world(Acl.ALL - Acl.READ)), 0)
                .ok();
        session().exists(path("a"), true);
        session().getData(path("a"), true);
        session().getChildren(path("a"), true);
        session().setAcl(path("a"), Acl.OPEN, -1).ok();
        KitSession writer = writer();
        writer.setData(path("a"), "x").ok();
        writer.create(path("a/b")).ok();

        assertThat(session().settled()).isEmpty();
    }

    @Test
    @Checklist(85)
    @DisplayName("14.85 a child watch fires on child create and delete, not on a child's data or grandchildren")
    void childWatch() {
        KitSession writer = writer();
        writer.create(path("a")).ok();
        session().getChildren(root(), true).ok();
        writer.setData(path("a"), "x").ok();
        writer.create(path("a/b")).ok();
        writer.setData(root(), "x").ok();
        assertThat(session().settled()).isEmpty();

        writer.create(path("c")).ok();
        writer.create(path("d")).ok();
        assertThat(session().settled()).containsExactly("children " + root());
        session().call(Op.GET_CHILDREN2, Bodies.read(root(), true)).ok();
        writer.delete(path("c")).ok();
        assertThat(session().settled()).containsExactly("children " + root());
    }

    @Test
    @DisplayName("7.2 the root's children are reported with path \"/\"")
    void childrenOfTheRoot() {
        session().getChildren("/", true).ok();
        writer().create(root() + "-sibling").ok();

        assertThat(session().settled()).containsExactly("children /");
    }

    @Test
    @Checklist(86)
    @DisplayName("14.86 deletion with data and child watches on one connection yields one NodeDeleted")
    void deletionIsReportedOnce() {
        session().create(path("a")).ok();
        session().getData(path("a"), true).ok();
        session().getChildren(path("a"), true).ok();
        writer().delete(path("a")).ok();

        assertThat(session().settled()).containsExactly("deleted " + path("a"));
        writer().create(path("a")).ok();
        writer().create(path("a/b")).ok();
        assertThat(session().settled()).isEmpty();
    }

    @Test
    @DisplayName("7.2 a child watch alone reports the deletion of its node")
    void childWatchReportsDeletion() {
        session().create(path("a")).ok();
        session().getChildren(path("a"), true).ok();
        writer().delete(path("a")).ok();

        assertThat(session().settled()).containsExactly("deleted " + path("a"));
    }

    @Test
    @Checklist(87)
    @DisplayName("14.87 the node's event comes before NodeChildrenChanged of its parent")
    void orderOfNodeAndParent() {
        session().exists(path("a"), true);
        session().getChildren(root(), true).ok();
        writer().create(path("a")).ok();
        assertThat(session().settled()).containsExactly("created " + path("a"), "children " + root());

        session().exists(path("a"), true).ok();
        session().getChildren(root(), true).ok();
        writer().delete(path("a")).ok();
        assertThat(session().settled()).containsExactly("deleted " + path("a"), "children " + root());
    }

    @Test
    @Checklist(88)
    @DisplayName("14.88 the event of the own write precedes its reply")
    void ownEventPrecedesTheReply() {
        session().getData(root(), true).ok();
        session().send(Op.SET_DATA, Bodies.setData(root(), Bodies.bytes("x"), -1));

        Reply first = session().receiveAny();
        Reply second = session().receiveAny();
        assertThat(first.xid()).isEqualTo(-1);
        assertThat(second.xid()).isPositive();
        assertThat(first.zxid()).isEqualTo(second.ok().zxid());
    }

    @Test
    @Checklist(89)
    @DisplayName("14.89 exists and getData watches on one path yield one event")
    void oneEventForBothDataWatches() {
        session().exists(root(), true).ok();
        session().getData(root(), true).ok();
        session().getData(root(), true).ok();
        KitSession writer = writer();
        writer.setData(root(), "1").ok();
        writer.setData(root(), "2").ok();

        assertThat(session().settled()).containsExactly("changed " + root());
    }

    @Test
    @Checklist(90)
    @DisplayName("14.90 setACL and check fire nothing")
    void setAclFiresNothing() {
        session().getData(root(), true).ok();
        session().getChildren(root(), true).ok();
        session().addWatch("/", RECURSIVE).ok();
        KitSession writer = writer();
        writer.setAcl(root(), Acl.OPEN, -1).ok();
        writer.multi(new Multi().check(root(), -1)).ok();

        assertThat(session().settled()).isEmpty();
    }

    @Test
    @Checklist(91)
    @DisplayName("14.91 a persistent watch fires repeatedly, for all four types, for its path only")
    void persistentWatch() {
        assertThat(session().addWatch(path("a"), PERSISTENT).number()).isZero();
        KitSession writer = writer();
        writer.create(path("a")).ok();
        writer.setData(path("a"), "1").ok();
        writer.setData(path("a"), "2").ok();
        writer.create(path("a/b")).ok();
        writer.create(path("a/b/c")).ok();
        writer.setData(path("a/b"), "x").ok();
        writer.delete(path("a/b/c")).ok();
        writer.delete(path("a/b")).ok();
        writer.delete(path("a")).ok();
        writer.create(path("a")).ok();

        String a = path("a");
        assertThat(session().settled())
                .containsExactly(
                        "created " + a,
                        "changed " + a,
                        "changed " + a,
                        "children " + a,
                        "children " + a,
                        "deleted " + a,
                        "created " + a);
    }

    @Test
    @Checklist(92)
    @DisplayName("14.92 a recursive watch reports everything below, never children, and survives deletion")
    void recursiveWatch() {
        session().addWatch(path("a"), RECURSIVE).ok();
        KitSession writer = writer();
        writer.create(path("ab")).ok();
        writer.create(path("a")).ok();
        writer.create(path("a/b")).ok();
        writer.create(path("a/b/c")).ok();
        writer.setData(path("a/b/c"), "x").ok();
        writer.delete(path("a/b/c")).ok();
        writer.delete(path("a/b")).ok();
        writer.delete(path("a")).ok();
        writer.create(path("a")).ok();

        assertThat(session().settled())
                .containsExactly(
                        "created " + path("a"),
                        "created " + path("a/b"),
                        "created " + path("a/b/c"),
                        "changed " + path("a/b/c"),
                        "deleted " + path("a/b/c"),
                        "deleted " + path("a/b"),
                        "deleted " + path("a"),
                        "created " + path("a"));
    }

    @Test
    @Checklist(93)
    @DisplayName("14.93 a recursive watch on \"/\" sees everything including /zookeeper")
    void recursiveWatchOnTheRoot() {
        session().addWatch("/", RECURSIVE).ok();
        KitSession writer = writer();
        writer.setData("/", "x").ok();
        writer.create("/zookeeper/kit").ok();
        writer.create(path("a")).ok();
        writer.delete("/zookeeper/kit").ok();

        assertThat(session().settled())
                .containsExactly(
                        "changed /", "created /zookeeper/kit", "created " + path("a"), "deleted /zookeeper/kit");
    }

    @Test
    @Checklist(94)
    @DisplayName("14.94 with recursive and child watches NodeChildrenChanged arrives once, from the child watch")
    void recursiveAndChildWatch() {
        session().addWatch(root(), RECURSIVE).ok();
        session().getChildren(root(), true).ok();
        KitSession writer = writer();
        writer.create(path("a")).ok();
        writer.create(path("b")).ok();

        assertThat(session().settled())
                .containsExactly("created " + path("a"), "children " + root(), "created " + path("b"));
    }

    @Test
    @DisplayName("7.2 one event per trigger, however many registrations match")
    void oneEventPerTrigger() {
        session().addWatch("/", RECURSIVE).ok();
        session().addWatch(root(), RECURSIVE).ok();
        session().addWatch(root(), PERSISTENT).ok();
        session().getData(root(), true).ok();
        session().getChildren(root(), true).ok();
        KitSession writer = writer();
        writer.setData(root(), "x").ok();
        writer.create(path("a")).ok();

        assertThat(session().settled())
                .containsExactly("changed " + root(), "created " + path("a"), "children " + root());
    }

    @Test
    @Checklist(95)
    @DisplayName("14.95 addWatch on a missing path succeeds with int 0, mode 2 gives -5")
    void addWatchReplies() {
        Reply reply = session().addWatch(path("missing"), RECURSIVE);
        assertThat(reply.length()).isEqualTo(Reply.HEADER_LENGTH + Integer.BYTES);
        assertThat(reply.number()).isZero();
        assertThat(session().addWatch("not a path", PERSISTENT).number()).isZero();

        assertThat(session().addWatch(root(), 2).err()).isEqualTo(Err.MARSHALLING);
        assertThat(session().addWatch(root(), -1).err()).isEqualTo(Err.MARSHALLING);
    }

    @Test
    @Checklist(103)
    @DisplayName("14.103 a multi fires its events in operation order, all with one zxid")
    void eventsOfAMulti() {
        session().addWatch(root(), RECURSIVE).ok();
        session().addWatch(root(), PERSISTENT).ok();
        Reply reply = writer().multi(new Multi()
                .create(path("a"))
                .setData(path("a"), "x", -1)
                .create(path("b"))
                .delete(path("a"), -1)
                .setData(root(), "y", -1));
        assertThat(Multi.results(reply)).hasSize(5);

        List<WatchEvent> events = session().settledEvents();
        assertThat(events)
                .extracting(WatchEvent::what)
                .containsExactly(
                        "created " + path("a"),
                        "children " + root(),
                        "changed " + path("a"),
                        "created " + path("b"),
                        "children " + root(),
                        "deleted " + path("a"),
                        "children " + root(),
                        "changed " + root());
        assertThat(events).extracting(WatchEvent::zxid).containsOnly(reply.zxid());
    }

    @Test
    @Checklist(104)
    @DisplayName("14.104 deletion by session close fires the same events as delete")
    void eventsOfASessionClose() {
        KitSession owner = open();
        owner.create(path("e"), Flags.EPHEMERAL).ok();
        session().getData(path("e"), true).ok();
        session().getChildren(root(), true).ok();
        long zxid = owner.closeSession().ok().zxid();

        List<WatchEvent> events = session().settledEvents();
        assertThat(events).extracting(WatchEvent::what).containsExactly("deleted " + path("e"), "children " + root());
        assertThat(events).extracting(WatchEvent::zxid).containsOnly(zxid);
    }

    @Test
    @DisplayName("7.6 a closing session receives the events of its own ephemerals before the close reply")
    void ownEphemeralsOnClose() {
        session().create(path("e"), Flags.EPHEMERAL).ok();
        session().getData(path("e"), true).ok();
        session().closeSession().ok();

        assertThat(session().takenEvents()).extracting(WatchEvent::what).containsExactly("deleted " + path("e"));
    }

    @Test
    @DisplayName("8.3 events of different transactions arrive in zxid order")
    void eventsInZxidOrder() {
        session().addWatch(root(), RECURSIVE).ok();
        KitSession one = open();
        KitSession two = open();
        for (int i = 0; i < 50; i++) {
            one.send(Op.SET_DATA, Bodies.setData(root(), null, -1));
            two.send(Op.CREATE, Bodies.create(path("n"), null, Acl.OPEN, Flags.PERSISTENT_SEQUENTIAL));
        }
        for (int i = 0; i < 50; i++) {
            one.receive().ok();
            two.receive().ok();
        }

        List<WatchEvent> events = session().settledEvents();
        assertThat(events).hasSize(100);
        assertThat(events).extracting(WatchEvent::zxid).isSorted().doesNotHaveDuplicates();
    }
}
