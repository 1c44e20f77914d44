package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.WatchEvent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Asking for and removing watches, and restoring them after a reconnect (client protocol 7.3, 7.4 and 7.5). */
abstract class WatchRemovalKit extends ClientProtocolKit {

    private static final int CHILDREN = 1;
    private static final int DATA = 2;
    private static final int ANY = 3;
    private static final int PERSISTENT = 4;
    private static final int RECURSIVE = 5;

    @Test
    @Checklist(96)
    @DisplayName("14.96 removeWatches without a match -121, an unknown type -5")
    void removeWithoutAMatch() {
        for (int type = CHILDREN; type <= RECURSIVE; type++) {
            assertThat(remove(type)).as("type %d", type).isEqualTo(Err.NO_WATCHER);
            assertThat(check(type)).as("type %d", type).isEqualTo(Err.NO_WATCHER);
        }
        for (int type : new int[] {9, 0, 6, -1}) {
            assertThat(remove(type)).as("type %d", type).isEqualTo(Err.MARSHALLING);
            assertThat(check(type)).as("type %d", type).isEqualTo(Err.MARSHALLING);
        }
    }

    @Test
    @Checklist(96)
    @DisplayName("14.96 removeWatches type 3 removes all modes")
    void removeAny() {
        setEveryWatch();
        assertThat(remove(ANY)).isZero();

        for (int type = CHILDREN; type <= RECURSIVE; type++) {
            assertThat(check(type)).as("type %d", type).isEqualTo(Err.NO_WATCHER);
        }
        changeEverything();
        assertThat(session().settled()).isEmpty();
    }

    @Test
    @DisplayName("7.5 removeWatches removes exactly its own mode and sends no event")
    void removeOneMode() {
        for (int removed : new int[] {CHILDREN, DATA, PERSISTENT, RECURSIVE}) {
            setEveryWatch();
            assertThat(remove(removed)).isZero();
            for (int type : new int[] {CHILDREN, DATA, PERSISTENT, RECURSIVE}) {
                assertThat(check(type))
                        .as("type %d after removing %d", type, removed)
                        .isEqualTo(type == removed ? Err.NO_WATCHER : Err.OK);
            }
            assertThat(check(ANY)).isZero();
        }
        assertThat(session().settled()).isEmpty();
    }

    @Test
    @DisplayName("7.5 a removed persistent watch no longer reports data nor children")
    void removedPersistentWatchIsSilent() {
        session().addWatch(root(), 0).ok();
        assertThat(remove(PERSISTENT)).isZero();
        changeEverything();

        assertThat(session().settled()).isEmpty();
    }

    @Test
    @Checklist(97)
    @DisplayName("14.97 checkWatches removes nothing")
    void checkRemovesNothing() {
        session().getData(root(), true).ok();
        assertThat(check(DATA)).isZero();
        assertThat(check(DATA)).isZero();
        open().setData(root(), "x").ok();

        assertThat(session().settled()).containsExactly("changed " + root());
        assertThat(check(DATA)).isEqualTo(Err.NO_WATCHER);
    }

    @Test
    @DisplayName("7.5 only the asking connection's watches at exactly that path count")
    void watchesOfOthersDoNotCount() {
        open().getData(root(), true).ok();
        session().addWatch("/", 1).ok();

        assertThat(check(ANY)).isEqualTo(Err.NO_WATCHER);
        assertThat(remove(ANY)).isEqualTo(Err.NO_WATCHER);
    }

    @Test
    @Checklist({98, 105})
    @DisplayName("14.98 14.105 after a reconnect no events come without setWatches")
    void reconnectLosesWatches() {
        session().getData(root(), true).ok();
        session().getChildren(root(), true).ok();
        session().addWatch(root(), 1).ok();
        session().drop();
        KitSession resumed = ended(session().resume());
        KitSession writer = open();
        writer.setData(root(), "x").ok();
        writer.create(path("a")).ok();

        assertThat(resumed.settled()).isEmpty();
        assertThat(resumed.call(Op.CHECK_WATCHES, Bodies.pathAndInt(root(), ANY))
                        .err())
                .isEqualTo(Err.NO_WATCHER);
    }

    @Test
    @Checklist(99)
    @DisplayName("14.99 setWatches reports what has changed, all before the reply, list by list")
    void setWatchesCatchesUp() {
        session().create(path("data")).ok();
        session().create(path("gone")).ok();
        session().create(path("parent")).ok();
        long seen = session().create(path("goneParent")).zxid();
        KitSession writer = open();
        writer.setData(path("data"), "x").ok();
        writer.delete(path("gone")).ok();
        writer.create(path("new")).ok();
        writer.create(path("parent/child")).ok();
        writer.delete(path("goneParent")).ok();

        session()
                .call(
                        Op.SET_WATCHES,
                        Bodies.setWatches(
                                seen,
                                List.of(path("data"), path("gone")),
                                List.of(path("new")),
                                List.of(path("parent"), path("goneParent"))))
                .ok();
        List<WatchEvent> events = session().takenEvents();
        assertThat(events)
                .extracting(WatchEvent::what)
                .containsExactly(
                        "changed " + path("data"),
                        "deleted " + path("gone"),
                        "created " + path("new"),
                        "children " + path("parent"),
                        "deleted " + path("goneParent"));
        assertThat(events).extracting(WatchEvent::zxid).containsOnly(-1L);
        assertThat(events).extracting(WatchEvent::state).containsOnly(3);

        // An event stands for the registration: nothing is left to fire.
        writer.setData(path("data"), "y").ok();
        writer.delete(path("new")).ok();
        writer.delete(path("parent/child")).ok();
        assertThat(session().settled()).isEmpty();
    }

    @Test
    @Checklist(100)
    @DisplayName("14.100 setWatches with unchanged nodes registers silently and fires later")
    void setWatchesRegisters() {
        session().create(path("data")).ok();
        long seen = session().create(path("parent")).zxid();
        session()
                .call(
                        Op.SET_WATCHES,
                        Bodies.setWatches(seen, List.of(path("data")), List.of(path("new")), List.of(path("parent"))))
                .ok();
        assertThat(session().takenEvents()).isEmpty();

        KitSession writer = open();
        for (int i = 0; i < 2; i++) {
            writer.setData(path("data"), "x").ok();
            writer.create(path("new" + (i == 0 ? "" : i))).ok();
            writer.create(path("parent/child" + i)).ok();
        }
        assertThat(session().settled())
                .containsExactly("changed " + path("data"), "created " + path("new"), "children " + path("parent"));
    }

    @Test
    @DisplayName("7.4 a node deleted and created anew is NodeDataChanged; both lists of a deleted path give two events")
    void setWatchesConsequences() {
        long seen = session().create(path("a")).zxid();
        KitSession writer = open();
        writer.delete(path("a")).ok();
        writer.create(path("a")).ok();
        writer.create(path("b")).ok();
        writer.delete(path("b")).ok();

        List<String> deletedTwice = List.of(path("b"));
        session()
                .call(
                        Op.SET_WATCHES,
                        Bodies.setWatches(seen, List.of(path("a"), path("b")), List.of(path("b")), deletedTwice))
                .ok();
        assertThat(session().takenEvents())
                .extracting(WatchEvent::what)
                .containsExactly("changed " + path("a"), "deleted " + path("b"), "deleted " + path("b"));
    }

    @Test
    @Checklist(101)
    @DisplayName("14.101 persistent lists of setWatches2 never produce immediate events, and register")
    void persistentListsAreSilent() {
        session().create(path("a")).ok();
        session().setData(path("a"), "x").ok();
        JuteWriter body = Bodies.setWatches(0, List.of(), List.of(), List.of())
                .strings(List.of(path("a"), path("missing")))
                .strings(List.of(root()));
        Reply reply = session().call(Op.SET_WATCHES2, body);
        assertThat(reply.ok().length()).isEqualTo(Reply.HEADER_LENGTH);
        assertThat(session().takenEvents()).isEmpty();

        KitSession writer = open();
        writer.create(path("missing")).ok();
        writer.create(path("a/b")).ok();
        writer.create(path("a/c")).ok();
        assertThat(session().settled())
                .containsExactly(
                        "created " + path("missing"),
                        "created " + path("a/b"),
                        "children " + path("a"),
                        "created " + path("a/c"),
                        "children " + path("a"));
    }

    @Test
    @DisplayName("7.4 setWatches2 treats its first three lists as setWatches does")
    void setWatches2CatchesUp() {
        long seen = session().create(path("a")).zxid();
        session().setData(path("a"), "x").ok();
        JuteWriter body = Bodies.setWatches(seen, List.of(path("a")), List.of(root()), List.of(root()))
                .strings(List.of())
                .strings(List.of());
        session().call(Op.SET_WATCHES2, body).ok();

        assertThat(session().takenEvents())
                .extracting(WatchEvent::what)
                .containsExactly("changed " + path("a"), "created " + root());
    }

    @Test
    @Checklist(102)
    @DisplayName("14.102 a watcher without READ gets no event and its one-shot watch is consumed")
    void watcherWithoutPermission() {
        KitSession owner = open();
        owner.create(path("a")).ok();
        session().getData(path("a"), true).ok();
        owner.setAcl(path("a"), List.of(Acl.world(Acl.ALL - Acl.READ)), -1).ok();
        owner.setData(path("a"), "secret").ok();
        assertThat(session().settled()).isEmpty();

        owner.setAcl(path("a"), Acl.OPEN, -1).ok();
        owner.setData(path("a"), "open").ok();
        assertThat(session().settled()).isEmpty();
    }

    @Test
    @DisplayName("7.3 a persistent watcher without READ gets nothing until it may read again")
    void persistentWatcherWithoutPermission() {
        session().addWatch(root(), 1).ok();
        KitSession owner = open();
        owner.create(path("a"), "d", List.of(Acl.world(Acl.ALL - Acl.READ)), 0).ok();
        owner.setData(path("a"), "x").ok();
        assertThat(session().settled()).isEmpty();

        owner.setAcl(path("a"), Acl.OPEN, -1).ok();
        owner.setData(path("a"), "y").ok();
        owner.setAcl(path("a"), List.of(Acl.world(0)), -1).ok();
        owner.delete(path("a")).ok();
        assertThat(session().settled()).containsExactly("changed " + path("a"));
    }

    @Test
    @DisplayName("7.3 NodeChildrenChanged is decided by the parent's ACL, NodeCreated by the new node's")
    void whichAclDecides() {
        session().exists(path("a"), true);
        session().getChildren(root(), true).ok();
        open().create(path("a"), "d", List.of(Acl.world(0)), 0).ok();

        assertThat(session().settled()).containsExactly("children " + root());
    }

    private void setEveryWatch() {
        session().getData(root(), true).ok();
        session().getChildren(root(), true).ok();
        session().addWatch(root(), 0).ok();
        session().addWatch(root(), 1).ok();
    }

    private void changeEverything() {
        KitSession writer = open();
        writer.setData(root(), "x").ok();
        writer.create(path("child")).ok();
        writer.delete(path("child")).ok();
    }

    private int check(int type) {
        return session().call(Op.CHECK_WATCHES, Bodies.pathAndInt(root(), type)).err();
    }

    private int remove(int type) {
        return session()
                .call(Op.REMOVE_WATCHES, Bodies.pathAndInt(root(), type))
                .err();
    }
}
