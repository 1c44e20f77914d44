package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.Node;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.Stat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Creating nodes: replies, errors and their order, kinds, data and Stat (client protocol 3.3, 4.3, 5.2 and 5.3). */
abstract class CreateKit extends ClientProtocolKit {

    private static final String BOB = "bob:fyVmFCwVbTJYrznoSu1koqYEYF0=";

    @Test
    @Checklist(28)
    @DisplayName("14.28 create returns the path, create2 and createContainer path and Stat")
    void repliesOfTheCreateOperations() {
        assertThat(session().create(path("a")).path()).isEqualTo(path("a"));

        Node.Created two = session().create2(path("b"), Flags.PERSISTENT).created();
        assertThat(two.path()).isEqualTo(path("b"));
        assertThat(two.stat()).isEqualTo(session().exists(path("b"), false).stat());

        Node.Created container = session().createContainer(path("c")).created();
        assertThat(container.path()).isEqualTo(path("c"));
        assertThat(container.stat())
                .isEqualTo(session().exists(path("c"), false).stat());
    }

    @Test
    @Checklist(29)
    @DisplayName("14.29 missing parent -101, existing node -110, child of an ephemeral -108")
    void commonFailures() {
        session().create(path("e"), Flags.EPHEMERAL).ok();

        assertThat(session().create(path("missing/a")).err()).isEqualTo(Err.NO_NODE);
        assertThat(session().create(root()).err()).isEqualTo(Err.NODE_EXISTS);
        assertThat(session().create("/").err()).isEqualTo(Err.NODE_EXISTS);
        assertThat(session().create(path("e/a")).err()).isEqualTo(Err.NO_CHILDREN_FOR_EPHEMERALS);
        assertThat(session().create(path("e/a"), Flags.EPHEMERAL).err()).isEqualTo(Err.NO_CHILDREN_FOR_EPHEMERALS);
    }

    @ParameterizedTest
    @Checklist(30)
    @DisplayName("14.30 flags outside 0..6 are -8")
    @ValueSource(ints = {7, -1, 8, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void unknownFlags(int flags) {
        assertThat(session().create(path("a"), flags).err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().create2(path("a"), flags).err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().createTtl(path("a"), flags, 1000).err()).isEqualTo(Err.BAD_ARGUMENTS);
    }

    @Test
    @Checklist(31)
    @DisplayName("14.31 TTL flags are -6 with extended types off and the connection stays open")
    void ttlWithoutExtendedTypes() {
        for (int flags : List.of(Flags.PERSISTENT_WITH_TTL, Flags.PERSISTENT_SEQUENTIAL_WITH_TTL)) {
            assertThat(session().createTtl(path("a"), flags, 1000).err()).isEqualTo(Err.UNIMPLEMENTED);
            assertThat(session().create(path("a"), flags).err()).isEqualTo(Err.UNIMPLEMENTED);
            assertThat(session().create2(path("a"), flags).err()).isEqualTo(Err.UNIMPLEMENTED);
        }
        // Even an impossible ttl does not win over the missing feature.
        assertThat(session().createTtl(path("a"), Flags.PERSISTENT_WITH_TTL, -1).err())
                .isEqualTo(Err.UNIMPLEMENTED);
        assertThat(session().exists(root(), false).err()).isZero();
    }

    @Test
    @DisplayName("3.3 createTTL with flags of other kinds is -8 when it carries a ttl")
    void ttlOpcodeWithOtherFlags() {
        for (int flags = 0; flags <= 4; flags++) {
            assertThat(session().createTtl(path("a"), flags, 1000).err()).isEqualTo(Err.BAD_ARGUMENTS);
            assertThat(session().createTtl(path("a"), flags, 0).err()).isEqualTo(Err.BAD_ARGUMENTS);
        }
    }

    @Test
    @DisplayName("13.5 create with flags 4, createContainer with other flags")
    void flagsOfAnotherOpcode() {
        int expected = expected(DeliberateDifference.CREATE_FLAGS_OF_ANOTHER_OPCODE, Err.OK, Err.BAD_ARGUMENTS);

        assertThat(session().create(path("a"), Flags.CONTAINER).err()).isEqualTo(expected);
        assertThat(session().create2(path("b"), Flags.CONTAINER).err()).isEqualTo(expected);
        JuteWriter container = Bodies.create(path("c"), null, Acl.OPEN, Flags.PERSISTENT);
        assertThat(session().call(Op.CREATE_CONTAINER, container).err()).isEqualTo(expected);
    }

    @Test
    @Checklist(36)
    @DisplayName("14.36 an empty or null ACL is -114 even if the parent is missing")
    void emptyAcl() {
        assertThat(createWith(path("a"), List.of())).isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), null)).isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("missing/a"), List.of())).isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("missing/a"), null)).isEqualTo(Err.INVALID_ACL);
    }

    @Test
    @Checklist(37)
    @DisplayName("14.37 unknown ACL scheme, world:bob, super and auth without credentials are -114")
    void invalidAclEntries() {
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "nosuch", "x"))))
                .isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "world", "bob"))))
                .isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "super", ""))))
                .isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "auth", "")))).isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, null, "x")))).isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(Acl.world(Acl.ALL), new Acl(Acl.ALL, "nosuch", "x"))))
                .isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "digest", "bob"))))
                .isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "digest", "a:b:c"))))
                .isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "ip", "10.0.0.0/33"))))
                .isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "ip", "nowhere"))))
                .isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "x509", "CN=a"))))
                .isEqualTo(Err.INVALID_ACL);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "sasl", "bob"))))
                .isEqualTo(Err.INVALID_ACL);
    }

    @Test
    @DisplayName("13.6 an ACL entry of world or digest with a null id")
    void aclWithNullId() {
        int expected = expected(DeliberateDifference.ACL_WITH_NULL_ID, Err.MARSHALLING, Err.INVALID_ACL);

        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "world", null))))
                .isEqualTo(expected);
        assertThat(createWith(path("a"), List.of(new Acl(Acl.ALL, "digest", null))))
                .isEqualTo(expected);
    }

    @Test
    @Checklist(38)
    @DisplayName("14.38 without CREATE on the parent -102, even if the node exists")
    void createWithoutPermission() {
        session().create(path("p")).ok();
        session().create(path("p/there")).ok();
        session()
                .setAcl(path("p"), List.of(Acl.world(Acl.ALL - Acl.CREATE)), -1)
                .ok();

        assertThat(session().create(path("p/a")).err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().create(path("p/there")).err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().create(path("p/bad\u0001")).err()).isEqualTo(Err.NO_AUTH);
        assertThat(createWith(path("p/a"), List.of())).isEqualTo(Err.INVALID_ACL);
    }

    @Test
    @DisplayName("4.3 the path test wins over the ACL, the ACL over the parent, the name over existence")
    void orderOfChecks() {
        assertThat(createWith("noslash", List.of())).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().create(path("missing/\u0001")).err()).isEqualTo(Err.NO_NODE);
        session().create(path("e"), Flags.EPHEMERAL).ok();
        assertThat(session().create(path("e/\u0001")).err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().create(path("e"), 9).err()).isEqualTo(Err.BAD_ARGUMENTS);
    }

    @Test
    @Checklist(39)
    @DisplayName("14.39 sequence numbers start at 0, have ten digits and count all creations under the parent")
    void sequenceNumbers() {
        assertThat(sequential("n")).isEqualTo(path("n0000000000"));
        session().create(path("other")).ok();
        assertThat(sequential("n")).isEqualTo(path("n0000000002"));
        assertThat(session().create(path("m"), Flags.EPHEMERAL_SEQUENTIAL).path())
                .isEqualTo(path("m0000000003"));
        // A failed creation does not count.
        session().create(path("other"));
        assertThat(sequential("")).isEqualTo(path("0000000004"));
        assertThat(session()
                        .create2(path("k"), Flags.PERSISTENT_SEQUENTIAL)
                        .created()
                        .path())
                .isEqualTo(path("k0000000005"));
    }

    @Test
    @Checklist(40)
    @DisplayName("14.40 deleting children does not reset the sequence")
    void deletionKeepsTheSequence() {
        session().delete(sequential("n")).ok();
        session().delete(sequential("n")).ok();

        assertThat(sequential("n")).isEqualTo(path("n0000000002"));
    }

    @Test
    @Checklist(41)
    @DisplayName("14.41 a sequential create of \"/q/\" yields \"/q/0000000000\"")
    void sequentialCreateOfAPathWithATrailingSlash() {
        assertThat(session().create(root() + "/", Flags.PERSISTENT_SEQUENTIAL).path())
                .isEqualTo(path("0000000000"));
    }

    @Test
    @DisplayName("4.3 a sequential create of \"/\" appends the root's counter")
    void sequentialCreateOfTheRoot() {
        assertThat(session().create("/", Flags.EPHEMERAL_SEQUENTIAL).path()).matches("/\\d{10}");
    }

    @Test
    @DisplayName("5.2 a sequential create whose name is taken is -110")
    void sequentialNameTaken() {
        session().create(path("n0000000001")).ok();

        assertThat(session().create(path("n"), Flags.PERSISTENT_SEQUENTIAL).err())
                .isEqualTo(Err.NODE_EXISTS);
    }

    @Test
    @DisplayName("5.2 pipelined sequential creates see each other")
    void pipelinedSequentialCreates() {
        for (int i = 0; i < 10; i++) {
            session().send(Op.CREATE, Bodies.create(path("n"), null, Acl.OPEN, Flags.PERSISTENT_SEQUENTIAL));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(session().receive().path()).isEqualTo(path("n000000000" + i));
        }
    }

    @Test
    @Checklist(42)
    @DisplayName("14.42 null data reads back as null, empty as empty, dataLength is 0 in both")
    void nullAndEmptyData() {
        session().create(path("null"), null, Acl.OPEN, 0).ok();
        session().create(path("empty"), "", Acl.OPEN, 0).ok();

        Node.Data none = session().getData(path("null"), false).data();
        assertThat(none.bytes()).isNull();
        assertThat(none.stat().dataLength()).isZero();
        Node.Data empty = session().getData(path("empty"), false).data();
        assertThat(empty.bytes()).isEmpty();
        assertThat(empty.stat().dataLength()).isZero();

        session().setData(path("empty"), null).ok();
        session().setData(path("null"), "").ok();
        assertThat(session().getData(path("empty"), false).data().bytes()).isNull();
        assertThat(session().getData(path("null"), false).data().bytes()).isEmpty();
    }

    @Test
    @Checklist(43)
    @DisplayName("14.43 a new node's versions are 0, its zxids and its times are equal")
    void statOfANewNode() {
        Reply reply = session().create2(path("a"), Flags.PERSISTENT);
        Stat stat = reply.created().stat();

        assertThat(List.of(stat.version(), stat.cversion(), stat.aversion(), stat.numChildren()))
                .containsOnly(0);
        assertThat(List.of(stat.czxid(), stat.mzxid(), stat.pzxid())).containsOnly(reply.zxid());
        assertThat(stat.ctime()).isEqualTo(stat.mtime()).isPositive();
        assertThat(stat.dataLength()).isEqualTo(1);
    }

    @Test
    @Checklist(44)
    @DisplayName("14.44 an ephemeral's Stat carries the session id, a container's carries 0")
    void ownerInTheStat() {
        assertThat(session()
                        .create2(path("e"), Flags.EPHEMERAL)
                        .created()
                        .stat()
                        .ephemeralOwner())
                .isEqualTo(session().id());
        assertThat(session()
                        .create2(path("s"), Flags.EPHEMERAL_SEQUENTIAL)
                        .created()
                        .stat()
                        .ephemeralOwner())
                .isEqualTo(session().id());
        assertThat(session().createContainer(path("c")).created().stat().ephemeralOwner())
                .isZero();
        assertThat(session().exists(path("c"), false).stat().ephemeralOwner()).isZero();
    }

    @Test
    @DisplayName("5.8 a node created anew starts a new history")
    void recreatedNode() {
        Stat first = session().create2(path("a"), Flags.PERSISTENT).created().stat();
        session().setData(path("a"), "x").ok();
        session().setAcl(path("a"), Acl.OPEN, -1).ok();
        session().create(path("a/b")).ok();
        session().delete(path("a/b")).ok();
        session().delete(path("a")).ok();
        Stat second = session().create2(path("a"), Flags.PERSISTENT).created().stat();

        assertThat(second.czxid()).isGreaterThan(first.czxid());
        assertThat(List.of(second.version(), second.cversion(), second.aversion()))
                .containsOnly(0);
    }

    @Test
    @DisplayName("9.3 exact duplicates in an ACL are dropped and the order is kept")
    void duplicatesInAnAcl() {
        Acl bob = new Acl(Acl.READ, "digest", BOB);
        session()
                .create(path("a"), "d", List.of(Acl.world(31), bob, Acl.world(31), bob, Acl.world(1)), 0)
                .ok();

        assertThat(session().getAcl(path("a")).acls().entries()).containsExactly(Acl.world(31), bob, Acl.world(1));
    }

    private String sequential(String name) {
        return session().create(path(name), Flags.PERSISTENT_SEQUENTIAL).path();
    }

    private int createWith(String path, @Nullable List<Acl> acl) {
        return session().create(path, "d", acl, Flags.PERSISTENT).err();
    }
}
