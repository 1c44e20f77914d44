package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.Stat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** delete, setData and setACL (client protocol 4.3 and 5.3). */
abstract class DeleteSetKit extends ClientProtocolKit {

    private static final List<Acl> NO_DELETE = List.of(Acl.world(Acl.ALL - Acl.DELETE));

    @Test
    @Checklist(45)
    @DisplayName("14.45 deleting a missing child gives -102 without DELETE on the parent, -101 with it")
    void deleteOfAMissingChild() {
        assertThat(session().delete(path("missing")).err()).isEqualTo(Err.NO_NODE);
        assertThat(session().delete(path("missing/child")).err()).isEqualTo(Err.NO_NODE);

        session().setAcl(root(), NO_DELETE, -1).ok();
        assertThat(session().delete(path("missing")).err()).isEqualTo(Err.NO_AUTH);
    }

    @Test
    @Checklist(46)
    @DisplayName("14.46 a wrong version on a node with children gives -103, the right one -111")
    void versionBeforeEmptiness() {
        session().create(path("a")).ok();
        session().create(path("a/b")).ok();

        assertThat(session().delete(path("a"), 5).err()).isEqualTo(Err.BAD_VERSION);
        assertThat(session().delete(path("a"), -2).err()).isEqualTo(Err.BAD_VERSION);
        assertThat(session().delete(path("a"), 0).err()).isEqualTo(Err.NOT_EMPTY);
        assertThat(session().delete(path("a"), -1).err()).isEqualTo(Err.NOT_EMPTY);
        session().delete(path("a/b"), 0).ok();
        session().delete(path("a"), 0).ok();
        assertThat(session().exists(path("a"), false).err()).isEqualTo(Err.NO_NODE);
    }

    @ParameterizedTest
    @Checklist(47)
    @DisplayName("14.47 delete of a system node is -8")
    @ValueSource(strings = {"/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config"})
    void deleteOfASystemNode(String path) {
        assertThat(session().delete(path).err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().delete(path, 99).err()).isEqualTo(Err.BAD_ARGUMENTS);
    }

    @Test
    @Checklist(48)
    @DisplayName("14.48 delete of \"/a/\" is -101")
    void deleteWithATrailingSlash() {
        assertThat(session().delete(root() + "/").err()).isEqualTo(Err.NO_NODE);
    }

    @Test
    @Checklist(49)
    @DisplayName("14.49 a node with ACL perms 0 can be deleted")
    void deleteNeedsNothingOnTheNode() {
        session().create(path("a"), "d", List.of(Acl.world(0)), 0).ok();

        assertThat(session().getData(path("a"), false).err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().delete(path("a")).err()).isZero();
    }

    @Test
    @Checklist(50)
    @DisplayName("14.50 setData raises the version by one, also with version -1 and identical data")
    void setDataRaisesTheVersion() {
        assertThat(session().setData(root(), "x", 0).stat().version()).isEqualTo(1);
        assertThat(session().setData(root(), "x", -1).stat().version()).isEqualTo(2);
        assertThat(session().setData(root(), "x", 2).stat().version()).isEqualTo(3);
        assertThat(session().setData(root(), "x", 2).err()).isEqualTo(Err.BAD_VERSION);
        assertThat(session().setData(root(), "x", -2).err()).isEqualTo(Err.BAD_VERSION);
    }

    @Test
    @Checklist(51)
    @DisplayName("14.51 setData changes mzxid, mtime, version and dataLength only, setACL aversion only")
    void whatSetDataAndSetAclChange() {
        Stat before = session().create2(path("a"), Flags.PERSISTENT).created().stat();
        Reply set = session().setData(path("a"), "xyz");
        Stat afterSet = set.stat();

        assertThat(afterSet.mtime()).isGreaterThanOrEqualTo(before.mtime());
        assertThat(afterSet)
                .isEqualTo(new Stat(
                        before.czxid(),
                        set.zxid(),
                        before.ctime(),
                        afterSet.mtime(),
                        1,
                        0,
                        0,
                        0,
                        3,
                        0,
                        before.pzxid()));

        Stat afterAcl = session().setAcl(path("a"), Acl.OPEN, 0).stat();
        assertThat(afterAcl)
                .isEqualTo(new Stat(
                        before.czxid(),
                        set.zxid(),
                        before.ctime(),
                        afterSet.mtime(),
                        1,
                        0,
                        1,
                        0,
                        3,
                        0,
                        before.pzxid()));
        assertThat(session().exists(path("a"), false).stat()).isEqualTo(afterAcl);
    }

    @Test
    @Checklist(52)
    @DisplayName("14.52 setData on \"/\" works with default ACLs")
    void setDataOnTheRoot() {
        assertThat(session().setData("/", "root").err()).isZero();
        assertThat(session().getData("/", false).data().text()).isEqualTo("root");
    }

    @Test
    @Checklist(53)
    @DisplayName("14.53 setData on a missing node gives -8 with an invalid path, -101 with a valid one")
    void setDataOnAMissingNode() {
        assertThat(session().setData(path("missing/"), "x").err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().setData("missing", "x").err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().setData("", "x").err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().setData(path("missing"), "x").err()).isEqualTo(Err.NO_NODE);
    }

    @Test
    @DisplayName("4.3 setData: missing WRITE wins over a wrong version")
    void setDataWithoutPermission() {
        session()
                .create(path("a"), "d", List.of(Acl.world(Acl.ALL - Acl.WRITE)), 0)
                .ok();

        assertThat(session().setData(path("a"), "x", 77).err()).isEqualTo(Err.NO_AUTH);
    }

    @Test
    @Checklist(54)
    @DisplayName("14.54 setACL: invalid ACL -114 before missing -101 before no ADMIN -102 before wrong aversion -103")
    void orderOfSetAclChecks() {
        List<Acl> unknown = List.of(new Acl(Acl.ALL, "nosuch", "x"));
        session()
                .create(path("a"), "d", List.of(Acl.world(Acl.ALL - Acl.ADMIN)), 0)
                .ok();
        session().create(path("b")).ok();

        assertThat(session().setAcl("relative", unknown, -1).err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().setAcl(path("missing"), unknown, -1).err()).isEqualTo(Err.INVALID_ACL);
        assertThat(session().setAcl(path("missing"), null, -1).err()).isEqualTo(Err.INVALID_ACL);
        assertThat(session().setAcl(path("missing"), List.of(), -1).err()).isEqualTo(Err.INVALID_ACL);
        assertThat(session().setAcl(path("missing"), Acl.OPEN, -1).err()).isEqualTo(Err.NO_NODE);
        assertThat(session().setAcl(path("a"), Acl.OPEN, 7).err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().setAcl(path("b"), Acl.OPEN, 7).err()).isEqualTo(Err.BAD_VERSION);
        assertThat(session().setAcl(path("b"), Acl.OPEN, 0).stat().aversion()).isEqualTo(1);
        assertThat(session().setAcl(path("b"), Acl.OPEN, 0).err()).isEqualTo(Err.BAD_VERSION);
        assertThat(session().setAcl(path("b"), Acl.OPEN, -1).stat().aversion()).isEqualTo(2);
    }

    @Test
    @Checklist(55)
    @DisplayName("14.55 setACL with scheme auth stores the caller's digest id")
    void setAclWithAuth() {
        session().digest("bob:secret").ok();
        session()
                .setAcl(root(), List.of(new Acl(Acl.ALL, "auth", "whatever")), -1)
                .ok();

        assertThat(session().getAcl(root()).acls().entries())
                .containsExactly(new Acl(Acl.ALL, "digest", "bob:fyVmFCwVbTJYrznoSu1koqYEYF0="));
        assertThat(open().setData(root(), "x").err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().setData(root(), "x").err()).isZero();
    }

    @Test
    @DisplayName("9.3 scheme auth becomes one entry for each authenticated id of the connection")
    void authExpandsToEveryIdentity() {
        session().digest("bob:secret").ok();
        session().digest("foo").ok();
        session().setAcl(root(), List.of(new Acl(Acl.ALL, "auth", "")), -1).ok();

        assertThat(session().getAcl(root()).acls().entries())
                .containsExactlyInAnyOrder(
                        new Acl(Acl.ALL, "digest", "bob:fyVmFCwVbTJYrznoSu1koqYEYF0="),
                        new Acl(Acl.ALL, "digest", "foo:C+7Hteo/D9vJXQ3UfzxbwnXaijM="));
    }

    @Test
    @DisplayName("9.1 perms outside 0..31 are stored as given")
    void unusualPermissions() {
        session().create(path("a"), "d", List.of(Acl.world(0xffff)), 0).ok();

        assertThat(session().getAcl(path("a")).acls().entries()).containsExactly(Acl.world(0xffff));
    }
}
