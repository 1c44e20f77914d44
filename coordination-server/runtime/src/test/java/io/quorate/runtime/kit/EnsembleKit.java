package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Multi;
import io.quorate.runtime.kit.wire.Node;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What depends on the server's role: reconfiguration, local sessions, the configuration node and read-only service
 * (client protocol 2.9, 2.10, 4.3 and 10.1). Each test starts the server that it needs.
 */
abstract class EnsembleKit extends ClientProtocolKit {

    private static final String SUPER_DIGEST = "super:xQJmxLMiHGwaqBvst5y6rkB6HQs=";

    private static ServerOptions.Builder ensembleOfOne() {
        return ServerOptions.builder().shape(ServerOptions.Shape.ENSEMBLE_OF_ONE);
    }

    private static ServerOptions.Builder withoutQuorum() {
        return ServerOptions.builder().shape(ServerOptions.Shape.WITHOUT_QUORUM).tickTimeMillis(500);
    }

    @Test
    @DisplayName("4.3 reconfig: a wrong configuration id wins over bad arguments")
    void orderOfReconfigChecks() {
        withServer(ensembleOfOne().reconfig().superDigest(SUPER_DIGEST).build(), own -> {
            KitSession client = ended(KitSession.open(own.address()));
            assertThat(reconfig(client, "nonsense", null, null, 0x7777).err()).isEqualTo(Err.BAD_VERSION);
            assertThat(reconfig(client, "nonsense", null, null, -1).err()).isEqualTo(Err.BAD_ARGUMENTS);
            assertThat(reconfig(client, null, "1", null, -1).err()).isEqualTo(Err.BAD_ARGUMENTS);
            assertThat(client.exists("/", false).err()).isZero();
        });
    }

    @Test
    @DisplayName("10.1 the configuration node of an ensemble names its members and its version")
    void configurationNode() {
        withServer(ensembleOfOne().build(), own -> {
            KitSession client = ended(KitSession.open(own.address()));
            Node.Data config = client.getData("/zookeeper/config", false).data();
            assertThat(config.text()).matches("server\\.1=\\S+:participant\\S*\\nversion=[0-9a-f]+");
            assertThat(config.stat().version()).isEqualTo(-1);
            assertThat(client.getAcl("/zookeeper/config").acls().entries()).containsExactly(Acl.world(Acl.READ));
        });
    }

    @Test
    @DisplayName("3.5 an ensemble's zxids carry an epoch above 0 in their high half")
    void zxidsCarryTheEpoch() {
        withServer(ensembleOfOne().build(), own -> {
            KitSession client = ended(KitSession.open(own.address()));
            long created = client.create("/a").zxid();
            assertThat(created >>> 32).isEqualTo(1);
            assertThat(client.id() >>> 56).isEqualTo(1);
        });
    }

    @Test
    @Checklist(113)
    @DisplayName("14.113 with local sessions and no upgrade an ephemeral is -120")
    void localSessionWithoutUpgrade() {
        withServer(ensembleOfOne().localSessions(false).build(), own -> {
            KitSession local = ended(KitSession.open(own.address()));
            for (int flags : List.of(Flags.EPHEMERAL, Flags.EPHEMERAL_SEQUENTIAL)) {
                assertThat(local.create("/e", flags).err()).isEqualTo(Err.EPHEMERAL_ON_LOCAL_SESSION);
                assertThat(local.create2("/e", flags).err()).isEqualTo(Err.EPHEMERAL_ON_LOCAL_SESSION);
            }
            assertThat(local.create("/p").err()).isZero();
        });
    }

    @Test
    @Checklist(113)
    @DisplayName("14.113 with local sessions and upgrade an ephemeral works and the id is unchanged")
    void localSessionWithUpgrade() {
        withServer(ensembleOfOne().localSessions(true).build(), own -> {
            KitSession local = ended(KitSession.open(own.address()));
            assertThat(local.create2("/e", Flags.EPHEMERAL).created().stat().ephemeralOwner())
                    .isEqualTo(local.id());
            local.drop();
            KitSession resumed = ended(local.resume());
            assertThat(resumed.id()).isEqualTo(local.id());
            resumed.closeSession().ok();
            KitSession other = ended(KitSession.open(own.address()));
            assertThat(other.exists("/e", false).err()).isEqualTo(Err.NO_NODE);
        });
    }

    @Test
    @DisplayName("2.9 opening and closing a local session consumes no zxid")
    void localSessionsConsumeNoZxid() {
        withServer(ensembleOfOne().localSessions(true).build(), own -> {
            KitSession watching = ended(KitSession.open(own.address()));
            long before = watching.ping().zxid();
            KitSession.open(own.address()).closeSession().ok();
            assertThat(watching.ping().zxid()).isEqualTo(before);
        });
    }

    @Test
    @Checklist(124)
    @DisplayName("14.124 a read-only server closes without the flag, serves reads with it, and refuses writes and sync")
    void readOnlyServer() {
        withServer(withoutQuorum().localSessions(true).build(), own -> {
            assertClosed(own, Handshake.newSession().withReadOnly(false));
            assertClosed(own, Handshake.newSession().withReadOnly(null));

            KitSession reader =
                    ended(KitSession.open(own.address(), Handshake.newSession().withReadOnly(true)));
            assertThat(reader.connected().readOnly()).isTrue();
            assertReadsAreServed(reader);
            assertWritesAreRefused(reader);
            assertThat(reader.closeSession().err()).isZero();
            assertThat(reader.client().isClosedByServer()).isTrue();

            assertThat(word(own, "isro")).isEqualTo("ro");
        });
    }

    @Test
    @DisplayName("13.9 a new session on a read-only server without local sessions")
    void readOnlyServerWithoutLocalSessions() {
        withServer(withoutQuorum().build(), own -> {
            FrameClient client = ended(FrameClient.connect(own.address()));
            client.sendFrame(Handshake.newSession().withReadOnly(true).toBytes());
            if (own.deliberatelyDiffers(DeliberateDifference.READ_ONLY_WITHOUT_LOCAL_SESSIONS)) {
                assertThat(client.isClosedByServer()).isTrue();
            } else {
                assertThat(client.readFrame()).hasSize(Reply.HEADER_LENGTH);
            }
        });
    }

    @Test
    @DisplayName("operations 2.2 the four-letter words of a replicated leader")
    void wordsOfALeader() {
        withServer(ensembleOfOne().fourLetterWords("*").build(), own -> {
            assertThat(word(own, "srvr"))
                    .contains("Mode: leader\n")
                    .containsPattern("\nProposal sizes last/min/max: -?\\d+/-?\\d+/-?\\d+\n$");
            assertThat(word(own, "conf"))
                    .contains("initLimit=10\n", "syncLimit=5\n", "electionAlg=3\n", "peerType=0\n", "membership: \n")
                    .containsPattern("server\\.1=\\S+\nversion=[0-9a-f]+$");
            assertThat(word(own, "mntr"))
                    .contains("zk_server_state\tleader\n", "zk_peer_state\tleading - broadcast\n")
                    .contains("zk_learners\t", "zk_synced_followers\t", "zk_pending_syncs\t", "zk_quorum_size\t");
        });
    }

    private String word(ServerUnderTest asked, String word) {
        FrameClient client = ended(FrameClient.connect(asked.address()));
        client.sendRaw(word.getBytes(StandardCharsets.US_ASCII));
        return client.readToEnd();
    }

    private static void assertReadsAreServed(KitSession reader) {
        assertThat(reader.exists("/", true).err()).isZero();
        assertThat(reader.getData("/", true).err()).isZero();
        assertThat(reader.getChildren("/", true).children()).containsExactly("zookeeper");
        assertThat(reader.getAcl("/").err()).isZero();
        assertThat(reader.exists("/missing", false).err()).isEqualTo(Err.NO_NODE);
        assertThat(reader.call(Op.WHO_AM_I, Bodies.none()).err()).isZero();
        assertThat(reader.addWatch("/", 0).err()).isZero();
        assertThat(reader.call(Op.CHECK_WATCHES, Bodies.pathAndInt("/", 4)).err())
                .isZero();
        assertThat(reader.call(Op.GET_ALL_CHILDREN_NUMBER, Bodies.path("/")).err())
                .isZero();
        assertThat(reader.call(Op.GET_EPHEMERALS, Bodies.path("/")).err()).isZero();
        assertThat(reader.call(
                                Op.MULTI_READ,
                                new Multi()
                                        .add(Op.GET_DATA, Bodies.read("/", false))
                                        .body())
                        .err())
                .isZero();
        assertThat(reader.digest("bob:secret").err()).isZero();
        assertThat(reader.ping().err()).isZero();
    }

    private static void assertWritesAreRefused(KitSession reader) {
        JuteWriter create = Bodies.create("/a", null, Acl.OPEN, 0);
        List<Reply> refused = List.of(
                reader.call(Op.CREATE, create),
                reader.call(Op.CREATE2, create),
                reader.createContainer("/a"),
                reader.delete("/a"),
                reader.setData("/", "x"),
                reader.setAcl("/", Acl.OPEN, -1),
                reader.multi(new Multi().create("/a")),
                reader.call(Op.SYNC, Bodies.path("/")));
        assertThat(refused).extracting(Reply::err).containsOnly(Err.NOT_READ_ONLY);
        assertThat(refused).extracting(Reply::length).containsOnly(Reply.HEADER_LENGTH);
        assertThat(reader.exists("/a", false).err()).isEqualTo(Err.NO_NODE);
    }

    private void assertClosed(ServerUnderTest own, Handshake handshake) {
        FrameClient client = ended(FrameClient.connect(own.address()));
        client.sendFrame(handshake.toBytes());
        assertThat(client.isClosedByServer()).isTrue();
    }

    private static Reply reconfig(
            KitSession session,
            @Nullable String joining,
            @Nullable String leaving,
            @Nullable String members,
            long configId) {
        return session.call(Op.RECONFIG, Bodies.reconfig(joining, leaving, members, configId));
    }
}
