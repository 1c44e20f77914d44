package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.JuteReader;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.WatchEvent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Authentication, access control lists and the super user (client protocol 9). */
abstract class AuthKit extends ClientProtocolKit {

    private static final String SUPER_DIGEST = "super:xQJmxLMiHGwaqBvst5y6rkB6HQs=";
    private static final Acl BOB = new Acl(Acl.ALL, "digest", "bob:fyVmFCwVbTJYrznoSu1koqYEYF0=");

    @Override
    ServerOptions options() {
        return ServerOptions.builder().superDigest(SUPER_DIGEST).build();
    }

    @Test
    @Checklist(114)
    @DisplayName("14.114 digest auth with any password succeeds; the resulting id decides")
    void digestDecidesByItsId() {
        session().create(path("a"), "d", List.of(BOB), 0).ok();
        KitSession other = open();
        assertThat(other.getData(path("a"), false).err()).isEqualTo(Err.NO_AUTH);

        assertThat(other.digest("bob:wrong").err()).isZero();
        assertThat(other.getData(path("a"), false).err()).isEqualTo(Err.NO_AUTH);

        // Identities add up: the wrong one stays and does no harm.
        assertThat(other.digest("bob:secret").err()).isZero();
        assertThat(other.getData(path("a"), false).err()).isZero();
    }

    @Test
    @DisplayName("9.4 digest takes any bytes, also without a colon and empty ones")
    void digestTakesAnyBytes() {
        assertThat(session().digest("foo").err()).isZero();
        assertThat(session().digest("").err()).isZero();
        assertThat(session().digest("a:b:c").err()).isZero();
        assertThat(session().auth("ip", "anything").err()).isZero();
        session()
                .create(path("a"), "d", List.of(new Acl(Acl.ALL, "digest", "foo:C+7Hteo/D9vJXQ3UfzxbwnXaijM=")), 0)
                .ok();
        assertThat(session().getData(path("a"), false).err()).isZero();
    }

    @Test
    @Checklist(115)
    @DisplayName("14.115 an unknown auth scheme is -115, then close; the session is resumable")
    void unknownAuthScheme() {
        for (String scheme : Arrays.asList("nosuch", "world", "auth", "super", "sasl", "x509", null, "")) {
            KitSession refused = open();
            Reply reply = refused.auth(scheme, "data");
            assertThat(reply.err()).as("scheme %s", scheme).isEqualTo(Err.AUTH_FAILED);
            assertThat(reply.xid()).isEqualTo(-4);
            assertThat(reply.zxid()).isZero();
            assertThat(reply.length()).isEqualTo(Reply.HEADER_LENGTH);
            assertThat(refused.client().isClosedByServer()).isTrue();
            assertThat(ended(refused.resume()).id()).isEqualTo(refused.id());
        }
    }

    @Test
    @DisplayName("9.5 digest with null data is -115, then close")
    void digestWithoutData() {
        assertThat(session().auth("digest", null).err()).isEqualTo(Err.AUTH_FAILED);
        assertThat(session().client().isClosedByServer()).isTrue();
    }

    @Test
    @DisplayName("8.1 auth takes effect before any request received after it")
    void authTakesEffectAtOnce() {
        session().create(path("a"), "d", List.of(BOB), 0).ok();
        KitSession other = open();
        byte[] auth = KitSession.request(-4, Op.AUTH, Bodies.auth("digest", Bodies.bytes("bob:secret")));
        byte[] read = KitSession.request(2, Op.GET_DATA, Bodies.read(path("a"), false));
        other.client().sendRaw(new JuteWriter().buffer(auth).buffer(read).toBytes());

        other.receive().ok();
        assertThat(other.receive().data().text()).isEqualTo("d");
    }

    @Test
    @DisplayName("2.7 credentials belong to the connection and do not survive a reconnect")
    void credentialsBelongToTheConnection() {
        session().digest("bob:secret").ok();
        session().create(path("a"), "d", List.of(BOB), 0).ok();
        session().drop();
        KitSession resumed = ended(session().resume());

        assertThat(resumed.getData(path("a"), false).err()).isEqualTo(Err.NO_AUTH);
        resumed.digest("bob:secret").ok();
        assertThat(resumed.getData(path("a"), false).err()).isZero();
    }

    @Test
    @Checklist({66, 116})
    @DisplayName("14.116 the super user bypasses every ACL including that of /zookeeper/config")
    void superUser() {
        session().create(path("a"), "d", List.of(Acl.world(0)), 0).ok();
        assertThat(session().getData(path("a"), false).err()).isEqualTo(Err.NO_AUTH);
        KitSession admin = open();
        admin.digest("super:admin").ok();

        assertThat(admin.getData(path("a"), true).err()).isZero();
        assertThat(admin.getAcl(path("a")).acls().entries()).containsExactly(Acl.world(0));
        session().setAcl(root(), List.of(Acl.world(Acl.READ)), -1).ok();
        assertThat(admin.create(path("b")).err()).isZero();
        assertThat(admin.setData("/zookeeper/config", "").err()).isZero();
        assertThat(admin.setAcl(path("a"), List.of(BOB), -1).err()).isZero();
        // An event of a node that only the super user may read.
        admin.getData(path("a"), true).ok();
        assertThat(admin.setData(path("a"), "x").err()).isZero();
        assertThat(admin.takenEvents()).extracting(WatchEvent::what).containsExactly("changed " + path("a"));
    }

    @Test
    @DisplayName("9.9 whoAmI of the super user names the digest user, and super with an empty user")
    void whoIsTheSuperUser() {
        session().digest("super:admin").ok();
        JuteReader body = session().call(Op.WHO_AM_I, Bodies.none()).ok().body();

        assertThat(body.vector(each -> each.string() + " " + each.string()))
                .containsExactlyInAnyOrder("ip 127.0.0.1", "digest super", "super ");
    }

    @ParameterizedTest
    @Checklist(117)
    @DisplayName("14.117 an ip ACL matches by its network; IPv4 never matches IPv6")
    @CsvSource({
        "127.0.0.1, true",
        "127.0.0.1/32, true",
        "127.0.0.0/8, true",
        "127.255.0.0/8, true",
        "126.0.0.0/7, true",
        "0.0.0.0/0, true",
        "127.0.0.2, false",
        "127.0.0.0, false",
        "10.0.0.0/8, false",
        "128.0.0.0/1, false",
        "::1, false",
        "0:0:0:0:0:0:0:1, false",
        "::/0, false"
    })
    void ipAcl(String id, boolean allowed) {
        Reply created = session().create(path("a"), "d", List.of(new Acl(Acl.ALL, "ip", id)), 0);
        assertThat(created.err()).isZero();

        assertThat(session().getData(path("a"), false).err()).isEqualTo(allowed ? Err.OK : Err.NO_AUTH);
        session().digest("super:admin").ok();
        assertThat(session().getAcl(path("a")).acls().entries()).containsExactly(new Acl(Acl.ALL, "ip", id));
    }

    @Test
    @DisplayName("9.2 permissions of several entries add up, each for its own identity")
    void permissionsAddUp() {
        List<Acl> acl = List.of(Acl.world(Acl.READ), new Acl(Acl.WRITE, "digest", String.valueOf(BOB.id())));
        session().create(path("a"), "d", acl, 0).ok();
        session().digest("bob:secret").ok();

        assertThat(session().getData(path("a"), false).err()).isZero();
        assertThat(session().setData(path("a"), "x").err()).isZero();
        assertThat(session().create(path("a/b")).err()).isEqualTo(Err.NO_AUTH);
        assertThat(open().setData(path("a"), "x").err()).isEqualTo(Err.NO_AUTH);
    }

    @Test
    @DisplayName("9.1 ACLs are not inherited")
    void aclsAreNotInherited() {
        session().create(path("a"), "d", List.of(Acl.world(Acl.CREATE)), 0).ok();
        session().create(path("a/b")).ok();

        assertThat(session().getData(path("a"), false).err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().getData(path("a/b"), false).err()).isZero();
    }

    @Test
    @Checklist(118)
    @DisplayName("14.118 with enforcement on and no credentials the first request is -124 and closes")
    void enforcedAuthentication() {
        withServer(ServerOptions.builder().enforcedAuthSchemes("digest").build(), own -> {
            assertRefused(own, Op.EXISTS, Bodies.read("/", false));
            assertRefused(own, Op.CREATE, Bodies.create("/a", null, Acl.OPEN, 0));
            assertRefused(own, Op.PING, Bodies.none());
            assertRefused(own, Op.CLOSE_SESSION, Bodies.none());

            KitSession bob = ended(KitSession.open(own.address()));
            bob.digest("bob:secret").ok();
            assertThat(bob.create("/a").err()).isZero();
            bob.closeSession().ok();
        });
    }

    private void assertRefused(ServerUnderTest own, int opcode, JuteWriter body) {
        KitSession anonymous = ended(KitSession.open(own.address()));
        anonymous.send(33, opcode, body);
        Reply reply = anonymous.receive();
        assertThat(reply.err()).isEqualTo(Err.SESSION_CLOSED_REQUIRE_SASL_AUTH);
        assertThat(reply.xid()).isEqualTo(33);
        assertThat(reply.zxid()).isZero();
        assertThat(anonymous.client().isClosedByServer()).isTrue();
    }
}
