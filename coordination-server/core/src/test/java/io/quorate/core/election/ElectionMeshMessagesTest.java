package io.quorate.core.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.ElectionHandshake;
import io.quorate.core.wire.peer.ElectionHandshake.Address;
import io.quorate.core.wire.peer.Notification;
import io.quorate.core.wire.peer.PeerState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over election connections: handshake, frames, queues (quorum protocol 2.1, 2.4, 2.5), for server 2. */
final class ElectionMeshMessagesTest {

    private static final int LONGEST = 524_288;
    private static final int NOTIFICATION_HEAD = 44;

    private final MeshBench bench = new MeshBench(2, Ensembles.withObservers(List.of(4L), 1, 2, 3));
    private final FakeLinks links = bench.links;
    private final ElectionMesh mesh = bench.mesh;

    // -------------------------------------------------------------------------------------------------- handshake, 2.1

    @Test
    void weSayWhoWeAreInOnePiece() {
        bench.send(3, 1);
        long link = bench.dialled().link();
        mesh.onConnected(link);

        assertThat(links.takeSends()).isEqualTo(1);
        byte[] expected =
                HexFormat.of().parseHex("ffffffffffff0000" + "0000000000000002" + "00000007" + "68323a33383838");
        assertThat(links.take(link)).isEqualTo(ByteBuffer.wrap(expected));
    }

    @Test
    void whoHasSeveralAddressesSaysAllOfThem() {
        MeshBench two = new MeshBench(2, Ensembles.withTwoAddresses(1, 2));
        two.send(1, 1);
        long link = two.dialled().link();
        two.mesh.onConnected(link);

        ByteBuffer sent = two.links.take(link);
        assertThat(sent.getLong(0)).isEqualTo(MeshBench.SEVERAL_ADDRESSES);
        assertThat(ElectionHandshake.read(sent))
                .isEqualTo(new ElectionHandshake(2, List.of(new Address("h2", 3888), new Address("g2", 3889))));
    }

    @Test
    void aHandshakeAndWhatFollowsMayComeByteByByte() {
        long link = bench.accept();
        byte[] message = MeshBench.frame(MeshBench.message(5));
        for (byte each : MeshBench.joined(MeshBench.handshake(3), message, message)) {
            bench.bytes(link, new byte[] {each});
        }

        assertThat(bench.heardFrom()).containsExactly(3L, 3L);
    }

    @Test
    void aHandshakeAndWhatFollowsMayComeAtOnce() {
        byte[] all = MeshBench.joined(
                MeshBench.handshake(3),
                MeshBench.frame(MeshBench.message(5)),
                MeshBench.frame(MeshBench.message(6)),
                new byte[] {0, 0});
        bench.bytes(bench.accept(), all);

        assertThat(bench.heardRounds()).containsExactly(5L, 6L);
    }

    @Test
    void theOldestHandshakeIsAnIdAlone() {
        byte[] three = new WireWriter(8).writeLong(3).toByteArray();
        long larger = bench.accept();
        bench.bytes(larger, MeshBench.joined(three, MeshBench.frame(MeshBench.message(5))));
        assertThat(bench.heardFrom()).containsExactly(3L);
        assertThat(links.isClosed(larger)).isFalse();

        long smaller = bench.accept();
        bench.bytes(smaller, new WireWriter(8).writeLong(1).toByteArray());
        assertThat(links.isClosed(smaller)).isTrue();
        assertThat(bench.dialledAddresses())
                .as("the membership knows where it is")
                .containsExactly("h1:3888");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:3888, h1:3888",
        "[::]:3888, h1:3888",
        "[0:0:0:0:0:0:0:0]:3888, h1:3888",
        "0.0.0.0:3888|real:4888, real:4888",
        "[2001:db8::7]:4888, 2001:db8::7:4888",
        "10.1.2.3:4888, 10.1.2.3:4888"
    })
    void whereSomebodyListensOnEveryAddressTheMembershipKnowsBetter(String announced, String dialled) {
        bench.bytes(bench.accept(), MeshBench.handshake(MeshBench.SEVERAL_ADDRESSES, 1, announced));

        assertThat(bench.dialledAddresses()).containsExactly(dialled);
    }

    @ParameterizedTest
    @CsvSource({
        "-65534, 3, h3:3888, version -65534",
        "-1, 3, h3:3888, version -1",
        "-9223372036854775808, 3, h3:3888, version",
        "-65536, -3, h3:3888, negative server id -3",
        "-65536, 3, '', address of 0 bytes",
        "-65536, 3, h3, h3",
        "-65536, 3, h3:, h3:",
        "-65536, 3, h3:0, h3:0",
        "-65536, 3, h3:65536, h3:65536",
        "-65536, 3, h3:-1, h3:-1",
        "-65536, 3, :3888, :3888",
        "-65535, 3, h3:3888||g3:3888, instead of host:port"
    })
    void whatIsNoHandshakeIsRefused(long version, long serverId, String addresses, String why) {
        long link = bench.accept();
        bench.bytes(link, MeshBench.handshake(version, serverId, addresses));

        assertThat(links.isClosed(link)).isTrue();
        assertThat(bench.refused)
                .singleElement()
                .asString()
                .startsWith("10.0.0." + link)
                .contains(why);
        bench.bytes(link, MeshBench.handshake(3));
        assertThat(bench.refused).as("nothing more is heard").hasSize(1);
        bench.lose(link);
        assertThat(bench.disconnected).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 2049, Integer.MAX_VALUE})
    void theLengthOfAnAddressIsJudgedBeforeItHasCome(int length) {
        long link = bench.accept();
        bench.bytes(
                link,
                new WireWriter(32)
                        .writeLong(MeshBench.ONE_ADDRESS)
                        .writeLong(3)
                        .writeInt(length)
                        .toByteArray());

        assertThat(links.isClosed(link)).isTrue();
        assertThat(bench.refused).singleElement().asString().contains("address of " + length + " bytes");
    }

    @Test
    void theLongestAddressIsRead() {
        String host = "h".repeat(2048 - ":3888".length());
        bench.bytes(bench.accept(), MeshBench.handshake(MeshBench.ONE_ADDRESS, 1, host + ":3888"));

        assertThat(bench.dialledAddresses()).containsExactly(host + ":3888");
    }

    @Test
    void whoDoesNotSayInTimeWhoItIsIsRefused() {
        long early = bench.accept();
        bench.at(100);
        long late = bench.accept();
        bench.bytes(late, Arrays.copyOf(MeshBench.handshake(3), 20));
        long greeted = bench.accept(4);
        assertThat(mesh.nextDeadlineNanos()).isEqualTo(MeshBench.HANDSHAKE_NANOS);

        bench.at(MeshBench.HANDSHAKE_NANOS - 1);
        assertThat(bench.refused).isEmpty();
        bench.at(MeshBench.HANDSHAKE_NANOS);
        assertThat(links.isClosed(early)).isTrue();
        assertThat(links.isClosed(late)).isFalse();
        assertThat(mesh.nextDeadlineNanos()).isEqualTo(100 + MeshBench.HANDSHAKE_NANOS);

        bench.at(100 + MeshBench.HANDSHAKE_NANOS);
        assertThat(links.isClosed(late)).isTrue();
        assertThat(links.isClosed(greeted)).as("may be silent").isFalse();
        assertThat(mesh.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(bench.refused)
                .containsExactly(
                        "10.0.0." + early + " no election handshake in time",
                        "10.0.0." + late + " no election handshake in time");
    }

    // ----------------------------------------------------------------------------------------------------- frames, 2.4

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, LONGEST + 1, Integer.MAX_VALUE})
    void aLengthOutOfRangeEndsTheConnection(int length) {
        long link = bench.accept(3);
        byte[] good = MeshBench.frame(MeshBench.message(5));
        byte[] bad = new WireWriter(4).writeInt(length).toByteArray();
        bench.bytes(link, MeshBench.joined(good, bad, good));

        assertThat(bench.heardRounds()).containsExactly(5L);
        assertThat(links.isClosed(link)).isTrue();
        assertThat(bench.refused)
                .containsExactly("10.0.0." + link + " an election message of " + length + " bytes from server 3");
        bench.bytes(link, good);
        assertThat(bench.heard).hasSize(1);
        bench.send(3, 1);
        assertThat(bench.dialledAddresses()).as("it is a member nevertheless").containsExactly("h3:3888");
    }

    @Test
    void theLongestMessageIsRead() {
        long link = bench.accept(3);
        String config = "#".repeat(LONGEST - NOTIFICATION_HEAD);
        Notification message = new Notification(PeerState.LEADING, 3, 7, 5, 1, Notification.VERSION, config);
        byte[] frame = MeshBench.frame(message);
        assertThat(frame).hasSize(Integer.BYTES + LONGEST);
        bench.bytes(link, Arrays.copyOf(frame, LONGEST));
        assertThat(bench.heard).isEmpty();
        bench.bytes(link, Arrays.copyOfRange(frame, LONGEST, frame.length));

        assertThat(bench.heard).containsExactly(new MeshBench.Heard(3, message));
        assertThat(links.isClosed(link)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                // 27 bytes, and 36: between the two oldest forms
                "000000000000000000000003000000000000000700000000000000",
                "000000000000000000000003000000000000000700000000000000050000000000000001",
                // a state that there is not
                "00000004" + "0000000000000003" + "0000000000000007" + "0000000000000005" + "0000000000000001"
                        + "00000002" + "00000000",
                // a config longer than the message, and one of negative length
                "00000000" + "0000000000000003" + "0000000000000007" + "0000000000000005" + "0000000000000001"
                        + "00000002" + "00000001",
                "00000000" + "0000000000000003" + "0000000000000007" + "0000000000000005" + "0000000000000001"
                        + "00000002" + "ffffffff",
                // cut off within the length of the config
                "00000000" + "0000000000000003" + "0000000000000007" + "0000000000000005" + "0000000000000001"
                        + "00000002" + "0000"
            })
    void whatIsNoMessageIsIgnoredAndTheConnectionStays(String payload) {
        long link = bench.accept(3);
        byte[] bad = MeshBench.frame(HexFormat.of().parseHex(payload));
        bench.bytes(link, MeshBench.joined(bad, MeshBench.frame(MeshBench.message(5)), bad));
        bench.bytes(link, MeshBench.frame(MeshBench.message(6)));

        assertThat(bench.heardRounds()).containsExactly(5L, 6L);
        assertThat(links.isClosed(link)).isFalse();
        assertThat(bench.refused).isEmpty();
    }

    @Test
    void messagesOfOlderMembersAreHeard() {
        long link = bench.accept(3);
        String oldest = "00000000" + "0000000000000003" + "0000000200000007" + "0000000000000005";
        bench.bytes(link, MeshBench.frame(HexFormat.of().parseHex(oldest)));
        bench.bytes(link, MeshBench.frame(HexFormat.of().parseHex(oldest + "0000000000000004" + "00000002")));

        assertThat(bench.heard)
                .containsExactly(
                        new MeshBench.Heard(3, new Notification(PeerState.LOOKING, 3, 0x200000007L, 5, 2, 0, null)),
                        new MeshBench.Heard(3, new Notification(PeerState.LOOKING, 3, 0x200000007L, 5, 4, 0, null)));
    }

    @Test
    void bothDirectionsCarryMessages() {
        long link = bench.connectTo(1);
        bench.bytes(link, MeshBench.frame(MeshBench.message(5)));

        assertThat(bench.heardFrom()).containsExactly(1L);
    }

    @Test
    void whoHearsMayAnswerAtOnce() {
        long link = bench.accept(3);
        bench.onHeard = () -> bench.send(3, 100 + bench.heard.size());
        byte[] message = MeshBench.frame(MeshBench.message(5));
        bench.bytes(link, MeshBench.joined(message, message));

        assertThat(bench.rounds(link)).containsExactly(101L, 102L);
    }

    @Test
    void whatAConnectionThatWasReplacedStillBringsIsNotHeard() {
        long old = bench.accept(3);
        long fresh = bench.accept(3);
        bench.bytes(old, MeshBench.frame(MeshBench.message(5)));
        bench.bytes(fresh, MeshBench.frame(MeshBench.message(6)));

        assertThat(bench.heardRounds()).containsExactly(6L);
    }

    // ----------------------------------------------------------------------------------------------------- queues, 2.5

    @Test
    void whileThereIsNoConnectionOnlyTheNewestMessageWaits() {
        for (long round = 1; round <= 5; round++) {
            bench.send(1, round);
        }
        assertThat(mesh.delivered()).isFalse();
        long link = bench.dialled().link();
        mesh.onConnected(link);

        assertThat(bench.roundsAfterHandshake(link)).containsExactly(5L);
        assertThat(mesh.delivered()).isTrue();
    }

    @Test
    void onANewConnectionTheLastMessageIsRepeated() {
        long old = bench.accept(3);
        bench.send(3, 1);
        bench.send(3, 2);
        assertThat(bench.rounds(old)).containsExactly(1L, 2L);

        assertThat(bench.rounds(bench.accept(3))).containsExactly(2L);
        assertThat(bench.rounds(bench.accept(3))).containsExactly(2L);
    }

    @Test
    void onANewConnectionWhatWaitsIsSentInsteadOfTheLastMessage() {
        long old = bench.connectTo(1);
        bench.send(1, 1);
        bench.lose(old);
        bench.send(1, 2);
        bench.at(MeshBench.PAUSE_NANOS);
        long fresh = bench.dialled().link();
        mesh.onConnected(fresh);

        assertThat(bench.roundsAfterHandshake(fresh)).containsExactly(2L);
    }

    @Test
    void aConnectionThatTakesNothingKeepsTheNewestMessageUntilItDoes() {
        long link = bench.accept(3);
        mesh.onWritable(link, false);
        bench.send(3, 1);
        bench.send(3, 2);
        assertThat(bench.rounds(link)).isEmpty();
        assertThat(mesh.delivered()).isFalse();

        mesh.onWritable(link, true);
        assertThat(bench.rounds(link)).containsExactly(2L);
        mesh.onWritable(link, true);
        assertThat(bench.rounds(link)).as("once").isEmpty();
    }

    @Test
    void writabilityOfAConnectionThatIsGoneOrGivenUpMeansNothing() {
        bench.send(3, 1);
        long probe = bench.dialled().link();
        mesh.onWritable(probe, true);
        mesh.onConnected(probe);
        links.take(probe);
        mesh.onWritable(probe, true);
        mesh.onWritable(4711, true);

        assertThat(links.take(probe).hasRemaining()).isFalse();
    }

    @Test
    void somethingIsDeliveredWhenNothingWaitsForAtLeastOne() {
        bench.send(1, 1);
        bench.send(3, 1);
        assertThat(mesh.delivered()).isFalse();

        bench.accept(3);
        assertThat(mesh.delivered()).isTrue();
    }
}
