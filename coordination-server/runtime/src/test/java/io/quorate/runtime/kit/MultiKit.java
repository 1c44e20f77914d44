package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.Multi;
import io.quorate.runtime.kit.wire.Node;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.Stat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** multi and multiRead: shapes, atomicity, errors (client protocol 6). */
abstract class MultiKit extends ClientProtocolKit {

    @Test
    @Checklist(69)
    @DisplayName("14.69 all results come in order with types 1, 15, 2, 5, 13 and the terminator")
    void resultsInOrder() {
        Reply reply = session()
                .multi(new Multi()
                        .create(path("a"))
                        .add(Op.CREATE2, Bodies.create(path("b"), null, Acl.OPEN, Flags.PERSISTENT))
                        .delete(path("a"), 0)
                        .setData(path("b"), "xy", 0)
                        .check(path("b"), 1));

        List<Multi.Result> results = Multi.results(reply);
        assertThat(results).extracting(Multi.Result::type).containsExactly(1, 15, 2, 5, 13);
        assertThat(results).extracting(Multi.Result::err).containsOnly(0);
        assertThat(results.get(0).value()).isEqualTo(path("a"));
        Node.Created created = (Node.Created) results.get(1).value();
        assertThat(created.path()).isEqualTo(path("b"));
        assertThat(created.stat().czxid()).isEqualTo(reply.zxid());
        Stat set = (Stat) results.get(3).value();
        assertThat(set.version()).isEqualTo(1);
        assertThat(set.mzxid()).isEqualTo(reply.zxid());
        assertThat(set.dataLength()).isEqualTo(2);
    }

    @Test
    @Checklist(70)
    @DisplayName("14.70 a failure at index k gives 0 before, the code at k and -2 after; the header's err is 0")
    void errorPattern() {
        Reply reply = session()
                .multi(new Multi()
                        .create(path("a"))
                        .check(root(), 0)
                        .delete(path("missing"), -1)
                        .create(path("b"))
                        .check(root(), 99));

        assertThat(reply.err()).isZero();
        assertThat(reply.zxid()).isPositive();
        assertThat(Multi.errors(reply)).containsExactly(0, 0, Err.NO_NODE, -2, -2);
    }

    @Test
    @Checklist(71)
    @DisplayName("14.71 nothing of a failed multi is visible and no watch fires")
    void failedMultiLeavesNothing() {
        session().exists(path("a"), true);
        session().getChildren(root(), true).ok();
        session().getData(root(), true).ok();
        Node.Data before = session().getData(root(), false).data();
        Reply reply = session()
                .multi(new Multi()
                        .create(path("a"))
                        .setData(root(), "changed", -1)
                        .delete(path("missing"), -1));

        assertThat(Multi.errors(reply)).containsExactly(0, 0, Err.NO_NODE);
        assertThat(session().settled()).isEmpty();
        assertThat(session().exists(path("a"), false).err()).isEqualTo(Err.NO_NODE);
        Node.Data after = session().getData(root(), false).data();
        assertThat(after.text()).isEqualTo(before.text());
        assertThat(after.stat()).isEqualTo(before.stat());
    }

    @Test
    @Checklist(72)
    @DisplayName("14.72 later operations see earlier ones")
    void laterOperationsSeeEarlierOnes() {
        Reply reply = session()
                .multi(new Multi()
                        .create(path("p"))
                        .create(path("p/c"))
                        .delete(path("p/c"), 0)
                        .create(path("p/c"))
                        .setData(path("p/c"), "1", 0)
                        .setData(path("p/c"), "2", 1)
                        .check(path("p/c"), 2)
                        .add(Op.CREATE, Bodies.create(path("p/e"), null, Acl.OPEN, Flags.EPHEMERAL)));
        assertThat(Multi.results(reply)).extracting(Multi.Result::err).containsOnly(0);
        assertThat(session().getData(path("p/c"), false).data().text()).isEqualTo("2");

        Reply under = session().multi(new Multi().delete(path("p/c"), 2).create(path("p/e/child")));
        assertThat(Multi.errors(under)).containsExactly(0, Err.NO_CHILDREN_FOR_EPHEMERALS);
        Reply notEmpty = session().multi(new Multi().create(path("p/c/d")).delete(path("p/c"), -1));
        assertThat(Multi.errors(notEmpty)).containsExactly(0, Err.NOT_EMPTY);
    }

    @Test
    @DisplayName("6.2 permissions changed earlier on hold inside a multi as well")
    void permissionsInsideMulti() {
        session().create(path("p"), "d", List.of(Acl.world(Acl.READ)), 0).ok();

        assertThat(Multi.errors(session().multi(new Multi().create(path("p/a")))))
                .containsExactly(Err.NO_AUTH);
        assertThat(Multi.errors(session().multi(new Multi().setData(path("p"), "x", 5))))
                .containsExactly(Err.NO_AUTH);
    }

    @Test
    @Checklist(73)
    @DisplayName("14.73 all nodes of one multi share czxid and ctime")
    void oneZxidAndTime() {
        Reply reply =
                session().multi(new Multi().create(path("a")).create(path("b")).create(path("a/c")));
        Stat a = session().exists(path("a"), false).stat();
        Stat b = session().exists(path("b"), false).stat();
        Stat c = session().exists(path("a/c"), false).stat();

        assertThat(List.of(a.czxid(), b.czxid(), c.czxid(), a.pzxid())).containsOnly(reply.zxid());
        assertThat(List.of(b.ctime(), c.ctime(), c.mtime())).containsOnly(a.ctime());
    }

    @Test
    @Checklist(74)
    @DisplayName("14.74 sequential creates in one multi get consecutive numbers, a failed one consumes none")
    void sequenceNumbersInMulti() {
        JuteWriter sequential = Bodies.create(path("n"), null, Acl.OPEN, Flags.PERSISTENT_SEQUENTIAL);
        Reply failed = session()
                .multi(new Multi()
                        .add(Op.CREATE, sequential)
                        .add(Op.CREATE, sequential)
                        .check(path("missing"), 0));
        assertThat(Multi.errors(failed)).containsExactly(0, 0, Err.NO_NODE);

        Reply reply = session().multi(new Multi().add(Op.CREATE, sequential).add(Op.CREATE, sequential));
        assertThat(Multi.results(reply))
                .extracting(Multi.Result::value)
                .containsExactly(path("n0000000000"), path("n0000000001"));
    }

    @Test
    @Checklist(75)
    @DisplayName("14.75 check: version mismatch -103, missing -101, without READ -102, bad path -8")
    void checks() {
        session()
                .create(path("hidden"), "d", List.of(Acl.world(Acl.ALL - Acl.READ)), 0)
                .ok();

        assertThat(Multi.errors(session().multi(new Multi().check(root(), 5)))).containsExactly(Err.BAD_VERSION);
        assertThat(Multi.errors(session().multi(new Multi().check(path("missing"), -1))))
                .containsExactly(Err.NO_NODE);
        assertThat(Multi.errors(session().multi(new Multi().check(path("hidden"), 5))))
                .containsExactly(Err.NO_AUTH);
        assertThat(Multi.errors(session().multi(new Multi().check("a/", 5)))).containsExactly(Err.BAD_ARGUMENTS);
        assertThat(Multi.results(session().multi(new Multi().check(root(), -1)))
                        .get(0)
                        .err())
                .isZero();
    }

    @Test
    @Checklist(76)
    @DisplayName("14.76 an operation that multi does not take makes the whole request -5")
    void foreignOperationInMulti() {
        assertMarshallingError(new Multi().create(path("a")).add(Op.SET_ACL, Bodies.setAcl(root(), Acl.OPEN, -1)));
        assertMarshallingError(new Multi().create(path("a")).add(Op.GET_DATA, Bodies.read(root(), false)));
        assertMarshallingError(new Multi().create(path("a")).add(Op.GET_CHILDREN, Bodies.read(root(), false)));
        assertMarshallingError(new Multi().create(path("a")).add(Op.EXISTS, Bodies.read(root(), false)));
        assertMarshallingError(new Multi().create(path("a")).add(Op.DELETE_CONTAINER, Bodies.path(root())));
        assertMarshallingError(new Multi().create(path("a")).add(999, Bodies.none()));
        assertThat(session().exists(path("a"), false).err()).isEqualTo(Err.NO_NODE);
    }

    @Test
    @Checklist(77)
    @DisplayName("14.77 multiRead mixes data and errors per operation and sets no watches")
    void multiRead() {
        session()
                .create(path("hidden"), "d", List.of(Acl.world(Acl.ALL - Acl.READ)), 0)
                .ok();
        Reply reply = session()
                .call(
                        Op.MULTI_READ,
                        new Multi()
                                .add(Op.GET_DATA, Bodies.read(root(), true))
                                .add(Op.GET_DATA, Bodies.read(path("missing"), true))
                                .add(Op.GET_CHILDREN, Bodies.read(root(), true))
                                .add(Op.GET_CHILDREN, Bodies.read(path("hidden"), false))
                                .add(Op.GET_DATA, Bodies.read(root(), false))
                                .body());

        List<Multi.Result> results = Multi.results(reply);
        assertThat(results).extracting(Multi.Result::type).containsExactly(4, -1, 8, -1, 4);
        assertThat(results).extracting(Multi.Result::err).containsExactly(0, Err.NO_NODE, 0, Err.NO_AUTH, 0);
        assertThat(results.get(1).value()).isEqualTo(Err.NO_NODE);
        assertThat(results.get(2).value()).isEqualTo(List.of("hidden"));
        assertThat(((Node.Data) results.get(4).value()).text()).isEqualTo("d");

        session().setData(root(), "x").ok();
        session().create(path("a")).ok();
        assertThat(session().settled()).isEmpty();
    }

    @Test
    @Checklist(78)
    @DisplayName("14.78 a write inside multiRead is -5")
    void writeInMultiRead() {
        for (Multi multi : List.of(
                new Multi().create(path("a")),
                new Multi().delete(root(), -1),
                new Multi().setData(root(), "x", -1),
                new Multi().check(root(), -1),
                new Multi().add(Op.GET_DATA, Bodies.read(root(), false)).create(path("a")))) {
            Reply reply = session().call(Op.MULTI_READ, multi.body());
            // ZooKeeper 3.9.5 sends an empty result list behind this error, which the specification denies and clients
            // ignore.
            assertThat(reply.err()).isEqualTo(Err.MARSHALLING);
        }
        assertThat(session().exists(path("a"), false).err()).isEqualTo(Err.NO_NODE);
    }

    @Test
    @Checklist(79)
    @DisplayName("14.79 an empty multi returns only the terminator")
    void emptyMulti() {
        assertThat(Multi.results(session().multi(new Multi()))).isEmpty();
        assertThat(Multi.results(session().call(Op.MULTI_READ, new Multi().body())))
                .isEmpty();
    }

    @Test
    @Checklist(80)
    @DisplayName("14.80 createContainer inside multi reports type 15")
    void containerInMulti() {
        Reply reply = session()
                .multi(new Multi().add(Op.CREATE_CONTAINER, Bodies.create(path("c"), null, Acl.OPEN, Flags.CONTAINER)));

        Multi.Result result = Multi.results(reply).get(0);
        assertThat(result.type()).isEqualTo(Op.CREATE2);
        assertThat(((Node.Created) result.value()).path()).isEqualTo(path("c"));
    }

    @Test
    @Checklist(81)
    @DisplayName("14.81 invalid flags or TTL flags in a create inside multi make the whole request -5")
    void invalidFlagsInMulti() {
        for (int flags : List.of(7, -1, Flags.PERSISTENT_WITH_TTL, Flags.PERSISTENT_SEQUENTIAL_WITH_TTL)) {
            assertMarshallingError(new Multi().add(Op.CREATE, Bodies.create(path("a"), null, Acl.OPEN, flags)));
        }
        assertMarshallingError(new Multi().add(Op.CREATE, Bodies.create(path("a"), null, null, 0)));
    }

    @Test
    @DisplayName("6.1 an invalid ACL or name inside multi is the operation's own error")
    void invalidCreateInMulti() {
        Reply acl = session()
                .multi(new Multi().check(root(), 0).add(Op.CREATE, Bodies.create(path("a"), null, List.of(), 0)));
        assertThat(Multi.errors(acl)).containsExactly(0, Err.INVALID_ACL);
        assertThat(Multi.errors(session().multi(new Multi().create("noslash").create(path("b")))))
                .containsExactly(Err.BAD_ARGUMENTS, -2);
    }

    @Test
    @DisplayName("6.1 the decoder stops at the first header that is done, whatever follows")
    void trailingBytesOfMulti() {
        JuteWriter body = new JuteWriter()
                .raw(new Multi().check(root(), -1).body().toBytes())
                .longInteger(1);

        assertThat(Multi.results(session().call(Op.MULTI, body))).hasSize(1);
    }

    private void assertMarshallingError(Multi multi) {
        Reply reply = session().multi(multi);
        assertThat(reply.err()).isEqualTo(Err.MARSHALLING);
        assertThat(reply.length()).isEqualTo(Reply.HEADER_LENGTH);
    }
}
