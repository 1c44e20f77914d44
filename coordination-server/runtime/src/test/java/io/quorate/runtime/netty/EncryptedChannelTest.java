package io.quorate.runtime.netty;

import static io.quorate.runtime.netty.PortBench.create;
import static io.quorate.runtime.netty.PortBench.getData;
import static io.quorate.runtime.netty.PortBench.ping;
import static io.quorate.runtime.netty.PortBench.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.quorate.core.base.Limits;
import io.quorate.core.wire.client.OpCode;
import io.quorate.runtime.kit.TestKeys;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.tls.ClientCertificates;
import io.quorate.runtime.tls.TlsMaterial;
import io.quorate.runtime.tls.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Encrypted connections, step by step: the test decides when what is reckoned aside gets its time. */
class EncryptedChannelTest {

    private static final String ALICE = "alice";
    private static final int PATIENCE_MILLIS = 10_000;

    @TempDir
    private static Path keyDirectory;

    private static TestKeys keys;
    private static TlsMaterial known;
    private static SSLContext alice;

    private final PortBench bench = new PortBench();
    private final Queue<Runnable> aside = new ArrayDeque<>();
    /** Who agreed with the server, in order. */
    private final List<@Nullable String> subjects = new ArrayList<>();

    private TlsMaterial material = known;
    private final ClientEncryption encryption = encryption(10, 0);

    /** Sees what asks the socket for more. */
    private static final class Reads extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void read(ChannelHandlerContext context) {
            count++;
            context.read();
        }
    }

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.in(keyDirectory, ALICE);
        known = new TlsMaterial(keys.keysOf(TestKeys.SERVER), keys.trust());
        alice = keys.client(ALICE);
    }

    private ClientEncryption encryption(int maxHandshakes, int maxOfAddress) {
        ClientEncryption made = new ClientEncryption(
                new TlsOptions(
                        () -> material, ClientCertificates.NEED, List.of(), List.of(), maxHandshakes, Duration.ZERO),
                maxOfAddress,
                aside::add,
                bench.counters.tls());
        made.load();
        return made;
    }

    private TestChannel accept() {
        TestChannel channel = new TestChannel();
        encryption.begin(channel, PATIENCE_MILLIS, subject -> {
            subjects.add(subject);
            bench.port.acceptPlain(channel);
        });
        return channel;
    }

    private static TlsPeer alice(String protocol) {
        return new TlsPeer(alice, protocol);
    }

    private void reckon(TestChannel channel) {
        for (Runnable step = aside.poll(); step != null; step = aside.poll()) {
            step.run();
            channel.runPendingTasks();
        }
        channel.runPendingTasks();
    }

    /** @return bytes that the server has said */
    private int shakeHands(TestChannel channel, TlsPeer peer) {
        int said = 0;
        for (byte[] next = peer.next(); next.length > 0; next = peer.next()) {
            channel.arrive(next);
            reckon(channel);
            said += listen(channel, peer);
        }
        return said;
    }

    private static int listen(TestChannel channel, TlsPeer peer) {
        int said = 0;
        for (byte[] flush : channel.takeFlushes()) {
            said += flush.length;
            peer.hear(flush);
        }
        return said;
    }

    private TestChannel agreed(TlsPeer peer) {
        TestChannel channel = accept();
        shakeHands(channel, peer);
        assertThat(subjects).isNotEmpty();
        return channel;
    }

    private TestChannel withSession(TlsPeer peer) {
        TestChannel channel = agreed(peer);
        channel.arrive(peer.says(FrameClient.frame(Handshake.newSession().toBytes())));
        bench.getReady();
        listen(channel, peer);
        assertThat(peer.heard()).isNotEmpty();
        return channel;
    }

    private long underWay() {
        return bench.counters.statistics().encryption().underWay();
    }

    /** The client goes, without a word. */
    private void end(TestChannel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            first.close();
        }
        channel.runPendingTasks();
        reckon(channel);
        bench.getReady();
        channel.takeFlushes();
        assertThat(channel.usedBytes()).isZero();
        assertThat(underWay()).isZero();
    }

    private static List<String> warnings(Class<?> from, Runnable when) {
        Logger logger = (Logger) LoggerFactory.getLogger(from);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            when.run();
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void nothingIsReadWhileAStepIsReckoned(String protocol) {
        TestChannel channel = accept();
        Reads reads = new Reads();
        channel.pipeline().addFirst(reads);
        TlsPeer peer = alice(protocol);
        channel.arrive(peer.next());
        assertThat(aside).hasSize(1);
        assertThat(channel.config().isAutoRead()).isFalse();
        reads.count = 0;
        channel.arrive((byte) 0x16);
        channel.read();
        assertThat(reads.count).as("what is read would be kept").isZero();
        end(channel);

        TestChannel other = agreed(alice(protocol));
        assertThat(other.config().isAutoRead()).isTrue();
        end(other);
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.2, false"})
    void wheneverAClientGoesNothingIsLeftOfIt(String protocol, boolean reckoned) {
        for (int cut = 1; subjects.isEmpty(); cut += 67) {
            TestChannel channel = accept();
            TlsPeer peer = alice(protocol);
            int left = cut;
            while (left > 0) {
                byte[] next = peer.next();
                if (next.length == 0) {
                    break;
                }
                channel.arrive(Arrays.copyOf(next, Math.min(left, next.length)));
                left -= next.length;
                if (left > 0 || reckoned) {
                    reckon(channel);
                }
                if (left > 0) {
                    listen(channel, peer);
                }
            }
            end(channel);
        }
    }

    @Test
    void aClientMayNotShakeHandsASecondTime() {
        TlsPeer peer = alice("TLSv1.2");
        TestChannel channel = agreed(peer);
        peer.shakeHands();
        channel.arrive(peer.next());
        assertThat(aside).as("what it would cost").isEmpty();
        assertThat(channel.isOpen()).isFalse();
        end(channel);
    }

    @Test
    void newKeysThatAClientAsksForAreNotGatheredWhileItDoesNotRead() {
        TlsPeer peer = alice("TLSv1.3");
        TestChannel channel = withSession(peer);
        channel.peerStopsReading();
        int asked = 0;
        while (channel.config().isAutoRead()) {
            peer.shakeHands();
            channel.arrive(peer.next());
            bench.turn();
            assertThat(++asked).as("the bound").isLessThan(10_000);
        }
        channel.peerReadsAgain();
        end(channel);
    }

    @Test
    void whoDoesNotReadLosesTheConnectionAtOnceAndIsToldOfOnce() {
        int frame = 100_000;
        TlsPeer peer = alice("TLSv1.3");
        TestChannel channel = withSession(peer);
        channel.arrive(peer.says(create(1, "/node", frame)));
        bench.getReady();
        channel.peerStopsReading();
        channel.config().setWriteBufferHighWaterMark(Integer.MAX_VALUE);
        byte[] read = getData(2, "/node");
        List<String> lines = warnings(ClientPort.class, () -> {
            for (int i = 0; channel.isOpen() && i <= Limits.DEFAULTS.links().maxOutputBytes() / frame + 10; i++) {
                channel.arrive(peer.says(read));
                bench.turn();
            }
        });
        assertThat(lines).filteredOn(line -> line.contains("unread")).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
        end(channel);
    }

    @Test
    void whatArrivesWhileTheReplicaTakesNothingIsBounded() {
        PortBench slow = new PortBench(Limits.DEFAULTS, PortBench.FACTS);
        TestChannel channel = new TestChannel();
        encryption.begin(channel, PATIENCE_MILLIS, subject -> slow.port.acceptPlain(channel));
        TlsPeer peer = alice("TLSv1.3");
        shakeHands(channel, peer);
        channel.arrive(peer.says(FrameClient.frame(Handshake.newSession().toBytes())));
        byte[][] pings = new byte[5_000][];
        Arrays.setAll(pings, i -> ping());
        byte[] many = together(pings);
        int segments = 0;
        while (channel.config().isAutoRead()) {
            channel.arrive(peer.says(many));
            assertThat(++segments * (long) many.length).as("the bound").isLessThan(20 << 20);
        }
        slow.getReady();
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(slow.answered(OpCode.PING)).isEqualTo(segments * 5_000L);
        channel.close();
        channel.runPendingTasks();
        slow.getReady();
        channel.takeFlushes();
        assertThat(channel.usedBytes()).isZero();
    }

    /** With TLSv1.2 the end of what a client says is the end of what it hears, too. */
    @Test
    void aWordIsAnsweredThoughTheClientHasSaidThatItWasTheLast() {
        TlsPeer peer = alice("TLSv1.3");
        TestChannel channel = agreed(peer);
        byte[] ruok = peer.says("ruok".getBytes(StandardCharsets.US_ASCII));
        channel.arrive(together(ruok, peer.saysGoodbye()));
        bench.turn();
        listen(channel, peer);
        assertThat(new String(peer.heard(), StandardCharsets.US_ASCII)).isEqualTo("imok");
        end(channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whoComesBackInShortIsStillKnownUntilTrustChanges(String protocol) {
        SSLContext remembers = keys.client(ALICE);
        TlsPeer first = new TlsPeer(remembers, protocol);
        TestChannel before = accept();
        int whole = shakeHands(before, first);
        TlsPeer second = new TlsPeer(remembers, protocol);
        TestChannel again = accept();
        assertThat(shakeHands(again, second)).as("in short").isLessThan(whole * 3 / 4);
        assertThat(subjects).containsExactly(TestKeys.subject(ALICE), TestKeys.subject(ALICE));
        end(before);
        end(again);

        material = new TlsMaterial(material.keys(), trustInTheServerAlone());
        encryption.refresh();
        TestChannel refused = accept();
        assertThatThrownBy(() -> shakeHands(refused, new TlsPeer(remembers, protocol)))
                .hasStackTraceContaining("bad_certificate");
        assertThat(subjects).hasSize(2);
        end(refused);
    }

    private static TrustManagerFactory trustInTheServerAlone() {
        try {
            return TestKeys.in(Files.createTempDirectory(keyDirectory, "others"), "bob")
                    .trust();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aConnectionThatIsDetectedCountsOnce() {
        ClientEncryption one = encryption(1, 0);
        TestChannel channel = new TestChannel();
        one.detect(channel, PATIENCE_MILLIS, subjects::add, () -> {});
        assertThat(underWay()).isEqualTo(1);
        shakeHands(channel, alice("TLSv1.3"));
        assertThat(subjects).containsExactly(TestKeys.subject(ALICE));
        assertThat(underWay()).isZero();
        channel.close();

        TestChannel plain = new TestChannel();
        one.detect(plain, PATIENCE_MILLIS, subjects::add, () -> subjects.add("nobody"));
        plain.arrive((byte) 'r');
        assertThat(subjects).hasSize(2);
        assertThat(underWay()).isZero();
        plain.close();
        assertThat(underWay()).isZero();
    }

    @Test
    void aConnectionThatFailsBeforeItSaysAnythingIsNoMatterForTheLog() {
        TestChannel channel = new TestChannel();
        encryption.detect(channel, PATIENCE_MILLIS, subjects::add, () -> {});
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        channel.checkException();
        assertThat(channel.isOpen()).isFalse();
        end(channel);
    }

    @Test
    void oneAddressCannotTakeEveryPlace() {
        ClientEncryption bounded = encryption(10, 2);
        List<TestChannel> silent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            TestChannel channel = new TestChannel();
            bounded.begin(channel, PATIENCE_MILLIS, subjects::add);
            silent.add(channel);
        }
        assertThat(silent).filteredOn(TestChannel::isOpen).hasSize(2);
        assertThat(bench.counters.statistics().encryption().exceeded()).isEqualTo(3);
        TestChannel other = new TestChannel(new InetSocketAddress("127.0.0.2", 1));
        bounded.begin(other, PATIENCE_MILLIS, subjects::add);
        assertThat(other.isOpen()).isTrue();
        go(silent.get(0));
        TestChannel next = new TestChannel();
        bounded.begin(next, PATIENCE_MILLIS, subjects::add);
        assertThat(next.isOpen()).isTrue();
        go(next);
        go(other);
        end(silent.get(1));
    }

    private static void go(TestChannel channel) {
        channel.close();
        channel.runPendingTasks();
    }

    @Test
    void nobodyIsLetInWhileTheServerEnds() {
        TestChannel channel = accept();
        TlsPeer peer = alice("TLSv1.3");
        bench.port.stopAccepting();
        shakeHands(channel, peer);
        assertThat(subjects).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(bench.port.hasMore()).as("something for the replica").isFalse();
        end(channel);
    }

    @ParameterizedTest
    @CsvSource({"GET / HTTP/1.1, speaks HTTP", "PRI * HTTP/2.0, speaks HTTP", "zzzz, jute.maxbuffer"})
    void strangersAreToldFromClients(String said, String told) {
        TestChannel channel = bench.connect();
        assertThat(warnings(RefusalLog.class, () -> {
                    channel.arrive(said.getBytes(StandardCharsets.US_ASCII));
                    bench.turn();
                }))
                .singleElement()
                .asString()
                .contains("127.0.0.1", "client port", told);
        assertThat(channel.isOpen()).isFalse();
        end(channel);
    }

    @Test
    void anEncryptedClientAtAPortThatIsNotIsToldFromOthers() {
        TestChannel channel = bench.connect();
        assertThat(warnings(RefusalLog.class, () -> {
                    channel.arrive(alice("TLSv1.3").next());
                    bench.turn();
                }))
                .singleElement()
                .asString()
                .contains("encrypted (TLS), and this port is not", "coordination.secure-client-port");
        assertThat(channel.isOpen()).isFalse();
        end(channel);
    }
}
