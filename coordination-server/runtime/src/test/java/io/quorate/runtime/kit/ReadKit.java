package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.JuteReader;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Node;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.Stat;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reads, Stat and the system nodes (client protocol 4.4, 5.3, 5.9 and 10.1). */
abstract class ReadKit extends ClientProtocolKit {

    private static final String BOB_HASHED = "bob:fyVmFCwVbTJYrznoSu1koqYEYF0=";

    @Test
    @Checklist(56)
    @DisplayName("14.56 after two creates and one delete of children cversion is 3 and numChildren 1")
    void visibleChildVersion() {
        session().create(path("a")).ok();
        session().create(path("b")).ok();
        Stat two = session().exists(root(), false).stat();
        session().delete(path("a")).ok();
        Stat one = session().exists(root(), false).stat();

        assertThat(two.cversion()).isEqualTo(2);
        assertThat(two.numChildren()).isEqualTo(2);
        assertThat(one.cversion()).isEqualTo(3);
        assertThat(one.numChildren()).isEqualTo(1);
    }

    @Test
    @Checklist(57)
    @DisplayName("14.57 pzxid follows child create and delete, not grandchildren nor a child's data")
    void childrenZxid() {
        long created = session().create(path("a")).zxid();
        assertThat(session().exists(root(), false).stat().pzxid()).isEqualTo(created);

        session().create(path("a/b")).ok();
        session().setData(path("a"), "x").ok();
        session().delete(path("a/b")).ok();
        assertThat(session().create(path("a")).err()).isEqualTo(Err.NODE_EXISTS);
        assertThat(session().exists(root(), false).stat().pzxid()).isEqualTo(created);

        long deleted = session().delete(path("a")).zxid();
        assertThat(session().exists(root(), false).stat().pzxid()).isEqualTo(deleted);
    }

    @Test
    @DisplayName("5.4 the worked example of stored and visible cversion")
    void workedExample() {
        assertThat(session().create2(path("p"), 0).created().stat().cversion()).isZero();
        session().create(path("p/a")).ok();
        session().create(path("p/b")).ok();
        session().delete(path("p/a")).ok();
        Reply sequential = session().create(path("p/n"), Flags.PERSISTENT_SEQUENTIAL);
        assertThat(sequential.path()).isEqualTo(path("p/n0000000002"));
        assertThat(session().create(path("p/b")).err()).isEqualTo(Err.NODE_EXISTS);

        Stat stat = session().exists(path("p"), false).stat();
        assertThat(stat.cversion()).isEqualTo(4);
        assertThat(stat.numChildren()).isEqualTo(2);
        assertThat(stat.pzxid()).isEqualTo(sequential.zxid());
    }

    @Test
    @DisplayName("4.4 the empty path reads the root")
    void emptyPathIsTheRoot() {
        assertThat(session().getData("", false).data())
                .usingRecursiveComparison()
                .isEqualTo(session().getData("/", false).data());
        assertThat(session().getChildren("", false).children()).contains("zookeeper");
        assertThat(session().exists("", false).stat())
                .isEqualTo(session().exists("/", false).stat());
    }

    @Test
    @Checklist(58)
    @DisplayName("14.58 exists on a missing node is a frame of 16 bytes with -101")
    void existsOnAMissingNode() {
        Reply reply = session().exists(path("missing"), false);

        assertThat(reply.err()).isEqualTo(Err.NO_NODE);
        assertThat(reply.length()).isEqualTo(Reply.HEADER_LENGTH);
    }

    @Test
    @Checklist(59)
    @DisplayName("14.59 exists, getData, getChildren and getAllChildrenNumber without READ give -102")
    void readsWithoutPermission() {
        session()
                .create(path("a"), "d", List.of(Acl.world(Acl.ALL - Acl.READ)), 0)
                .ok();

        assertThat(session().exists(path("a"), false).err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().getData(path("a"), false).err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().getChildren(path("a"), false).err()).isEqualTo(Err.NO_AUTH);
        assertThat(session()
                        .call(Op.GET_CHILDREN2, Bodies.read(path("a"), false))
                        .err())
                .isEqualTo(Err.NO_AUTH);
        assertThat(session()
                        .call(Op.GET_ALL_CHILDREN_NUMBER, Bodies.path(path("a")))
                        .err())
                .isEqualTo(Err.NO_AUTH);
    }

    @Test
    @Checklist(60)
    @DisplayName("14.60 getChildren on a leaf is an empty vector that is not null")
    void childrenOfALeaf() {
        assertThat(session().getChildren(root(), false).children()).isEmpty();
        assertThat(session().getChildren(root(), false).length()).isEqualTo(Reply.HEADER_LENGTH + Integer.BYTES);
    }

    @Test
    @Checklist(61)
    @DisplayName("14.61 getChildren2 returns names and the parent's Stat")
    void childrenWithStat() {
        session().create(path("a")).ok();
        session().create(path("b")).ok();
        session().create(path("a/deep")).ok();
        Node.Children children =
                session().call(Op.GET_CHILDREN2, Bodies.read(root(), false)).childrenAndStat();

        assertThat(children.names()).containsExactlyInAnyOrder("a", "b");
        assertThat(session().getChildren(root(), false).children()).containsExactlyInAnyOrder("a", "b");
        assertThat(children.stat()).isEqualTo(session().exists(root(), false).stat());
    }

    @Test
    @Checklist(62)
    @DisplayName("14.62 getACL shows user:x with READ only, everything with ADMIN, and -102 with neither")
    void aclIsRedacted() {
        Acl bob = new Acl(Acl.ALL, "digest", BOB_HASHED);
        Acl local = new Acl(Acl.READ, "ip", "127.0.0.1");
        session().digest("bob:secret").ok();
        session()
                .create(path("read"), "d", List.of(bob, Acl.world(Acl.READ), local), 0)
                .ok();
        session()
                .create(path("admin"), "d", List.of(bob, Acl.world(Acl.ADMIN)), 0)
                .ok();
        session()
                .create(path("none"), "d", List.of(bob, Acl.world(Acl.WRITE)), 0)
                .ok();
        KitSession other = open();

        assertThat(other.getAcl(path("read")).acls().entries())
                .containsExactly(new Acl(Acl.ALL, "digest", "bob:x"), Acl.world(Acl.READ), local);
        assertThat(other.getAcl(path("admin")).acls().entries()).containsExactly(bob, Acl.world(Acl.ADMIN));
        assertThat(other.getAcl(path("none")).err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().getAcl(path("none")).acls().entries()).containsExactly(bob, Acl.world(Acl.WRITE));
        assertThat(other.getAcl(path("read")).acls().stat())
                .isEqualTo(session().exists(path("read"), false).stat());
        assertThat(other.getAcl(path("missing")).err()).isEqualTo(Err.NO_NODE);
    }

    @Test
    @Checklist({63, 65, 66})
    @DisplayName("14.63 14.65 the fresh tree: three nodes below the root, and their Stat")
    void freshTree() {
        withServer(options(), own -> {
            KitSession fresh = ended(KitSession.open(own.address()));
            assertThat(fresh.call(Op.GET_ALL_CHILDREN_NUMBER, Bodies.path("/")).number())
                    .isEqualTo(3);
            assertThat(fresh.getChildren("/", false).children()).containsExactly("zookeeper");
            assertThat(fresh.getChildren("/zookeeper", false).children()).containsExactlyInAnyOrder("config", "quota");

            Stat zeros = new Stat(0, 0, 0, 0, 0, -1, 0, 0, 0, 1, 0);
            assertThat(fresh.exists("/", false).stat()).isEqualTo(zeros);
            assertThat(fresh.getData("/", false).data().bytes()).isEmpty();
            assertThat(fresh.exists("/zookeeper", false).stat()).isEqualTo(new Stat(0, 0, 0, 0, 0, -2, 0, 0, 0, 2, 0));
            assertThat(fresh.getData("/zookeeper", false).data().bytes()).isEmpty();
            assertThat(fresh.exists("/zookeeper/quota", false).stat())
                    .isEqualTo(new Stat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            assertThat(fresh.exists("/zookeeper/config", false).stat())
                    .isEqualTo(new Stat(0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0));
            assertThat(fresh.getData("/zookeeper/config", false).data().bytes()).isEmpty();
            for (String open : List.of("/", "/zookeeper", "/zookeeper/quota")) {
                assertThat(fresh.getAcl(open).acls().entries()).containsExactly(Acl.world(Acl.ALL));
            }
            assertThat(fresh.getAcl("/zookeeper/config").acls().entries()).containsExactly(Acl.world(Acl.READ));
        });
    }

    @Test
    @DisplayName("5.9 getAllChildrenNumber counts descendants at any depth, and only those")
    void numberOfDescendants() {
        session().create(path("a")).ok();
        session().create(path("a/b")).ok();
        session().create(path("a/b/c")).ok();
        session().create(path("ab")).ok();

        assertThat(descendants(root())).isEqualTo(4);
        assertThat(descendants(path("a"))).isEqualTo(2);
        assertThat(descendants(path("a/b/c"))).isZero();
    }

    @Test
    @Checklist(64)
    @DisplayName("14.64 getEphemerals matches by plain prefix, and only the session's own nodes")
    void ephemeralsByPrefix() {
        session().create(path("a"), Flags.EPHEMERAL).ok();
        session().create(path("ab"), Flags.EPHEMERAL).ok();
        session().create(path("c"), Flags.EPHEMERAL).ok();
        session().create(path("a2")).ok();
        open().create(path("a3"), Flags.EPHEMERAL).ok();

        assertThat(ephemerals(path("a"))).containsExactlyInAnyOrder(path("a"), path("ab"));
        for (String all : Arrays.asList("/", "", null, root())) {
            assertThat(ephemerals(all)).containsExactlyInAnyOrder(path("a"), path("ab"), path("c"));
        }
        assertThat(ephemerals("/nothing")).isEmpty();
    }

    @Test
    @Checklist(66)
    @DisplayName("14.66 /zookeeper/config can be read by anyone and not be written")
    void configIsReadOnly() {
        assertThat(session().getData("/zookeeper/config", true).err()).isZero();
        assertThat(session().setData("/zookeeper/config", "x").err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().create("/zookeeper/config/a").err()).isEqualTo(Err.NO_AUTH);
    }

    @Test
    @Checklist(67)
    @DisplayName("14.67 sync returns the path it was given, even of a node that does not exist")
    void syncEchoesThePath() {
        for (String path : List.of(root(), path("missing"), "relative", "", "/a//b/")) {
            assertThat(session().call(Op.SYNC, Bodies.path(path)).path()).isEqualTo(path);
        }
    }

    @Test
    @DisplayName("8.4 a write is seen by another session after its sync")
    void syncSeesEarlierWrites() {
        KitSession other = open();
        session().setData(root(), "new").ok();

        other.send(Op.SYNC, Bodies.path(root()));
        other.send(Op.GET_DATA, Bodies.read(root(), false));
        other.receive().ok();
        assertThat(other.receive().data().text()).isEqualTo("new");
    }

    @Test
    @Checklist(68)
    @DisplayName("14.68 whoAmI lists the ip identity, and after digest auth the user's name")
    void whoAmI() {
        assertThat(identities()).containsExactly("ip 127.0.0.1");

        session().digest("bob:secret").ok();
        assertThat(identities()).containsExactlyInAnyOrder("ip 127.0.0.1", "digest bob");
    }

    private int descendants(String path) {
        return session().call(Op.GET_ALL_CHILDREN_NUMBER, Bodies.path(path)).number();
    }

    private List<String> ephemerals(@Nullable String prefix) {
        return session().call(Op.GET_EPHEMERALS, Bodies.path(prefix)).children();
    }

    private List<String> identities() {
        JuteReader body = session().call(Op.WHO_AM_I, Bodies.none()).ok().body();
        List<String> identities = body.vector(each -> each.string() + " " + each.string());
        body.requireEnd();
        return identities;
    }
}
