package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Multi;
import io.quorate.runtime.kit.wire.Node;
import io.quorate.runtime.kit.wire.Op;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers and TTL nodes, with the container manager running often (client protocol 3.3 and 5.5 to 5.7). */
abstract class ContainerKit extends ClientProtocolKit {

    private static final long MAX_TTL_MILLIS = (1L << 40) - 1;
    private static final long SHORT_TTL_MILLIS = 100;

    @Override
    ServerOptions options() {
        return ServerOptions.builder()
                .extendedTypes()
                .containerCheckIntervalMillis(100)
                .build();
    }

    @ParameterizedTest
    @Checklist(32)
    @DisplayName("14.32 with extended types a ttl of 0, -1 or 2^40 is -8")
    @ValueSource(longs = {0, -1, MAX_TTL_MILLIS + 1, Long.MAX_VALUE, Long.MIN_VALUE})
    void ttlOutOfRange(long ttl) {
        assertThat(session()
                        .createTtl(path("a"), Flags.PERSISTENT_WITH_TTL, ttl)
                        .err())
                .isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session()
                        .createTtl(path("a"), Flags.PERSISTENT_SEQUENTIAL_WITH_TTL, ttl)
                        .err())
                .isEqualTo(Err.BAD_ARGUMENTS);
    }

    @Test
    @Checklist({28, 32, 44})
    @DisplayName("14.32 14.28 14.44 a ttl of 2^40-1 works; the reply has path and Stat, whose owner is 0")
    void largestTtl() {
        Node.Created created = session()
                .createTtl(path("a"), Flags.PERSISTENT_WITH_TTL, MAX_TTL_MILLIS)
                .created();
        Node.Created sequential = session()
                .createTtl(path("s"), Flags.PERSISTENT_SEQUENTIAL_WITH_TTL, MAX_TTL_MILLIS)
                .created();

        assertThat(created.path()).isEqualTo(path("a"));
        assertThat(created.stat().ephemeralOwner()).isZero();
        assertThat(created.stat()).isEqualTo(session().exists(path("a"), false).stat());
        assertThat(sequential.path()).isEqualTo(path("s0000000001"));
        assertThat(session().call(Op.GET_EPHEMERALS, Bodies.path("/")).children())
                .isEmpty();
    }

    @Test
    @DisplayName("3.3 TTL flags in an operation that carries no ttl are -8")
    void ttlFlagsWithoutTtl() {
        for (int flags : List.of(Flags.PERSISTENT_WITH_TTL, Flags.PERSISTENT_SEQUENTIAL_WITH_TTL)) {
            JuteWriter body = Bodies.create(path("a"), null, Acl.OPEN, flags);
            assertThat(session().call(Op.CREATE, body).err()).isEqualTo(Err.BAD_ARGUMENTS);
            assertThat(session().call(Op.CREATE2, body).err()).isEqualTo(Err.BAD_ARGUMENTS);
            assertThat(session().call(Op.CREATE_CONTAINER, body).err()).isEqualTo(Err.BAD_ARGUMENTS);
        }
    }

    @Test
    @DisplayName("6.3 createTTL inside multi reports type 15")
    void ttlInsideMulti() {
        JuteWriter body = Bodies.createTtl(path("a"), null, Acl.OPEN, Flags.PERSISTENT_WITH_TTL, MAX_TTL_MILLIS);
        Multi.Result result = Multi.results(session().multi(new Multi().add(Op.CREATE_TTL, body)))
                .get(0);

        assertThat(result.type()).isEqualTo(Op.CREATE2);
        assertThat(((Node.Created) result.value()).path()).isEqualTo(path("a"));
    }

    @Test
    @Checklist(121)
    @DisplayName("14.121 a container that lost its last child disappears, a never-used one stays")
    void usedContainerDisappears() {
        session().createContainer(path("unused")).ok();
        session().createContainer(path("occupied")).ok();
        session().create(path("occupied/child")).ok();
        useAndEmptyContainer("used");
        untilGone("used");
        useAndEmptyContainer("again");
        untilGone("again");

        assertThat(session().getChildren(root(), false).children()).containsExactlyInAnyOrder("unused", "occupied");
    }

    @Test
    @DisplayName("5.7 the removal of a container fires watches as delete does")
    void removalOfAContainerFiresWatches() {
        session().createContainer(path("c")).ok();
        session().create(path("c/child")).ok();
        session().exists(path("c"), true).ok();
        session().getChildren(root(), true).ok();
        session().delete(path("c/child")).ok();

        assertThat(session().nextEvent().what()).isEqualTo("deleted " + path("c"));
        assertThat(session().nextEvent().what()).isEqualTo("children " + root());
    }

    @Test
    @Checklist(122)
    @DisplayName("14.122 a TTL node without children disappears after its TTL, with children it stays")
    void ttlNodeDisappears() {
        // With a ttl this long the node gets its child in time on any machine.
        long ttl = 3000;
        session().createTtl(path("parent"), Flags.PERSISTENT_WITH_TTL, ttl).created();
        session().create(path("parent/child")).ok();
        session().createTtl(path("plain"), Flags.PERSISTENT_WITH_TTL, ttl).created();
        untilGone("plain");
        assertThat(session().exists(path("parent"), false).err()).isZero();

        session().delete(path("parent/child")).ok();
        untilGone("parent");
    }

    @Test
    @Checklist(122)
    @DisplayName("14.122 setData postpones the end of a TTL node")
    void setDataPostponesTheEnd() {
        long ttl = 3000;
        session().createTtl(path("plain"), Flags.PERSISTENT_WITH_TTL, ttl).created();
        session().createTtl(path("touched"), Flags.PERSISTENT_WITH_TTL, ttl).created();
        Eventually.until("the plain TTL node is gone", () -> {
            session().setData(path("touched"), "x").ok();
            return session().exists(path("plain"), false).err() == Err.NO_NODE;
        });

        assertThat(session().exists(path("touched"), false).err()).isZero();
        untilGone("touched");
    }

    @Test
    @DisplayName("5.7 a TTL node is no ephemeral: it outlives its session and may have children")
    void ttlNodeIsNoEphemeral() {
        KitSession other = open();
        other.createTtl(path("a"), Flags.PERSISTENT_WITH_TTL, MAX_TTL_MILLIS).created();
        other.create(path("a/b")).ok();
        other.closeSession().ok();

        assertThat(session().exists(path("a/b"), false).err()).isZero();
    }

    @Test
    @DisplayName("5.7 a short TTL ends a node that nobody touches")
    void shortTtl() {
        session()
                .createTtl(path("a"), Flags.PERSISTENT_WITH_TTL, SHORT_TTL_MILLIS)
                .created();

        untilGone("a");
    }

    private void useAndEmptyContainer(String name) {
        session().createContainer(path(name)).ok();
        session().create(path(name + "/child")).ok();
        session().delete(path(name + "/child")).ok();
    }

    private void untilGone(String name) {
        Eventually.until(
                name + " is gone", () -> session().exists(path(name), false).err() == Err.NO_NODE);
    }
}
