package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.ServerClosed;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted connections, and clients that are known by certificates (operations 6.6; client protocol 9.4). */
abstract class EncryptionKit extends ClientProtocolKit {

    private static final String ALICE = "alice";
    private static final String BOB = "bob";
    private static final String ADMIN = "admin";
    /** Has to be quoted in a distinguished name. */
    private static final String COMMA = "Smith\\, J";
    /** Has a certificate of its own making that says bob. Under an unknown name a client would not even show it. */
    private static final String IMPOSTOR = "impostor";

    @TempDir
    static Path directory;

    private @Nullable TestKeys keys;

    private TestKeys keys() {
        if (keys == null) {
            keys = TestKeys.in(directory, ALICE, BOB, ADMIN, COMMA);
        }
        return keys;
    }

    private ServerOptions with(String clientAuth, boolean onPlainPort) {
        return ServerOptions.builder()
                .fourLetterWords("*")
                .encryption(new ServerOptions.Encryption(keys(), clientAuth, onPlainPort, TestKeys.subject(ADMIN)))
                .build();
    }

    @Override
    ServerOptions options() {
        return with("need", false);
    }

    private FrameClient encrypted(InetSocketAddress server, @Nullable String name) {
        return ended(FrameClient.encrypted(server, keys().client(name)));
    }

    private KitSession openAs(InetSocketAddress server, @Nullable String name) {
        return ended(KitSession.open(server, encrypted(server, name), Handshake.newSession()));
    }

    private KitSession openAs(@Nullable String name) {
        return openAs(server().secureAddress(), name);
    }

    /** Whether the client learns of it as it writes or as it reads is a matter of moments. */
    private void assertTurnedAway(ServerUnderTest server, @Nullable String name) {
        assertThatThrownBy(() -> openAs(server.secureAddress(), name))
                .isInstanceOfAny(ServerClosed.class, UncheckedIOException.class);
    }

    private static Acl only(String name) {
        return new Acl(Acl.ALL, "x509", TestKeys.subject(name));
    }

    @Test
    @DisplayName("9.4 the subject of a client's certificate is an identity, and lists name it")
    void subjectsAreIdentities() {
        KitSession alice = openAs(ALICE);
        alice.create(path("a"), "d", List.of(only(ALICE)), 0).ok();
        assertThat(alice.getData(path("a"), false).err()).isZero();
        assertThat(openAs(BOB).getData(path("a"), false).err()).isEqualTo(Err.NO_AUTH);
        assertThat(session().getData(path("a"), false).err()).isEqualTo(Err.NO_AUTH);
    }

    @Test
    @DisplayName("9.3 auth in a list stands for the subject")
    void authStandsForTheSubject() {
        KitSession alice = openAs(ALICE);
        alice.create(path("a"), "d", List.of(new Acl(Acl.ALL, "auth", "")), 0).ok();
        assertThat(alice.getAcl(path("a")).acls().entries()).containsExactly(only(ALICE));
    }

    @Test
    @DisplayName("9.4 the super user's certificate bypasses every list")
    void superUser() {
        openAs(ALICE).create(path("a"), "d", List.of(only(ALICE)), 0).ok();
        assertThat(openAs(ADMIN).getData(path("a"), false).err()).isZero();
    }

    @Test
    @DisplayName("9.5 an auth packet for x509 says nothing new, and helps nobody without a certificate")
    void authPackets() {
        assertThat(openAs(ALICE).auth("x509", TestKeys.subject(BOB)).err()).isZero();
        assertThat(session().auth("x509", TestKeys.subject(BOB)).err()).isEqualTo(Err.AUTH_FAILED);
        assertThat(session().client().isClosedByServer()).isTrue();
    }

    @Test
    @DisplayName("9.4 what is no distinguished name is stored in no list")
    void namesThatAreNone() {
        List<Acl> noName = List.of(new Acl(Acl.ALL, "x509", "alice"));
        assertThat(openAs(ALICE).create(path("a"), "d", noName, 0).err()).isEqualTo(Err.INVALID_ACL);
    }

    @Test
    @DisplayName("2.10 a session goes from an encrypted connection to a plain one and back")
    void sessionsChangeConnections() {
        KitSession alice = openAs(ALICE);
        KitSession plain = ended(KitSession.open(server().address(), alice.resumption()));
        assertThat(plain.id()).isEqualTo(alice.id());
        FrameClient client = encrypted(server().secureAddress(), ALICE);
        KitSession again = ended(KitSession.open(server().secureAddress(), client, plain.resumption()));
        assertThat(again.id()).isEqualTo(alice.id());
    }

    @Test
    @DisplayName("values as large as a frame come and go")
    void largeValues() {
        KitSession alice = openAs(ALICE);
        String large = "x".repeat(1_000_000);
        alice.create(path("a"), large, Acl.OPEN, 0).ok();
        byte[] read = alice.getData(path("a"), false).data().bytes();
        assertThat(new String(read, StandardCharsets.UTF_8).equals(large)).isTrue();
    }

    @Test
    @DisplayName("need: who has no certificate, or one that nobody trusts, is not let in")
    void certificatesAreNeeded() throws Exception {
        keys().make(IMPOSTOR, TestKeys.subject(BOB));
        for (String name : new String[] {null, IMPOSTOR}) {
            assertTurnedAway(server(), name);
        }
    }

    @Test
    @DisplayName("want: who has no certificate is let in, and who has one that nobody trusts is not")
    void certificatesAreWanted() throws Exception {
        keys().make(IMPOSTOR, TestKeys.subject(BOB));
        withServer(with("want", false), own -> {
            KitSession alice = openAs(own.secureAddress(), ALICE);
            alice.create("/a", "d", List.of(only(ALICE)), 0).ok();
            KitSession nobody = openAs(own.secureAddress(), null);
            assertThat(nobody.getData("/a", false).err()).isEqualTo(Err.NO_AUTH);
            assertTurnedAway(own, IMPOSTOR);
        });
    }

    @Test
    @DisplayName("none: certificates are not asked for, and who has one is nobody in particular")
    void certificatesAreNotAskedFor() {
        withServer(with("none", false), own -> {
            KitSession alice = openAs(own.secureAddress(), ALICE);
            assertThat(alice.create("/a", "d", List.of(new Acl(Acl.ALL, "auth", "")), 0)
                            .err())
                    .isEqualTo(Err.INVALID_ACL);
            alice.create("/b", "d", List.of(only(ALICE)), 0).ok();
            assertThat(alice.getData("/b", false).err()).isEqualTo(Err.NO_AUTH);
        });
    }

    @Test
    @DisplayName("what is not encrypted gets no answer where everything is")
    void plainOnTheSecurePort() {
        FrameClient plain = ended(FrameClient.connect(server().secureAddress()));
        plain.sendFrame(Handshake.newSession().toBytes());
        assertThatThrownBy(plain::readFrame).isInstanceOf(ServerClosed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ruok", "srvr", "conf"})
    @DisplayName("operations 2.1: four-letter words are answered inside the encryption")
    void fourLetterWords(String word) {
        FrameClient client = encrypted(server().secureAddress(), ALICE);
        client.sendRaw(word.getBytes(StandardCharsets.US_ASCII));
        String answer = client.readToEnd();
        switch (word) {
            case "ruok" -> assertThat(answer).isEqualTo("imok");
            case "srvr" -> assertThat(answer).contains("Mode: standalone");
            default ->
                assertThat(answer)
                        .contains("clientPort=" + server().address().getPort() + "\n")
                        .contains("secureClientPort=" + server().secureAddress().getPort() + "\n");
        }
    }

    @Test
    @DisplayName("operations 2.1: with client.portUnification the plain port takes both, words included")
    void onePortForBoth() {
        withServer(with("need", true), own -> {
            KitSession alice = openAs(own.address(), ALICE);
            alice.create("/a", "d", List.of(only(ALICE)), 0).ok();
            KitSession plain = ended(KitSession.open(own.address()));
            assertThat(plain.getData("/a", false).err()).isEqualTo(Err.NO_AUTH);
            for (FrameClient client :
                    List.of(ended(FrameClient.connect(own.address())), encrypted(own.address(), ALICE))) {
                client.sendRaw("ruok".getBytes(StandardCharsets.US_ASCII));
                assertThat(client.readToEnd()).isEqualTo("imok");
            }
        });
    }

    @Test
    @DisplayName("9.9 whoAmI shows the whole subject, and super without a name")
    void whoAmI() {
        assertThat(users(openAs(ALICE))).containsExactlyInAnyOrder("ip 127.0.0.1", "x509 " + TestKeys.subject(ALICE));
        assertThat(users(openAs(ADMIN)))
                .containsExactlyInAnyOrder("ip 127.0.0.1", "x509 " + TestKeys.subject(ADMIN), "super ");
    }

    private static List<String> users(KitSession session) {
        return session.call(Op.WHO_AM_I, Bodies.none()).ok().body().vector(each -> each.string() + " " + each.string());
    }

    @Test
    @DisplayName("9.4 a subject that has to be quoted is quoted")
    void quotedSubjects() {
        KitSession smith = openAs(COMMA);
        smith.create(path("a"), "d", List.of(new Acl(Acl.ALL, "auth", "")), 0).ok();
        assertThat(smith.getAcl(path("a")).acls().entries()).containsExactly(only(COMMA));
        assertThat(smith.getData(path("a"), false).err()).isZero();
    }

    @Test
    @DisplayName("9.5 a refusal is said inside the encryption, and the end of the connection too")
    void refusals() {
        KitSession alice = openAs(ALICE);
        assertThat(alice.auth("nonsense", "x").err()).isEqualTo(Err.AUTH_FAILED);
        assertThat(alice.client().isClosedByServer()).isTrue();
    }

    @Test
    @DisplayName("with client.portUnification one byte after the other is enough, and garbage is not answered")
    void slowAndStrangeClients() {
        withServer(with("need", true), own -> {
            FrameClient slow = ended(FrameClient.connect(own.address()));
            for (byte letter : "ruok".getBytes(StandardCharsets.US_ASCII)) {
                slow.sendRaw(letter);
            }
            assertThat(slow.readToEnd()).isEqualTo("imok");
            FrameClient garbage = ended(FrameClient.connect(own.address()));
            garbage.sendRaw(new byte[] {0x16, 9, 9, 9, 9, 9, 9, 9});
            assertThat(garbage.readToEndLength()).isLessThan(100);
        });
    }
}
