package io.quorate.runtime.netty;

import static io.quorate.runtime.netty.PortBench.create;
import static io.quorate.runtime.netty.PortBench.request;
import static io.quorate.runtime.netty.PortBench.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.Limits;
import io.quorate.core.wire.client.OpCode;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.Op;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the answers say, beyond their form, which the kit compares with the reference's. */
class FourLetterWordsTest {

    private static final long MILLI = 1_000_000;

    private final PortBench bench = new PortBench();

    @TempDir
    private Path directory;

    private String ask(String word) {
        return ask(bench, word.getBytes(StandardCharsets.US_ASCII));
    }

    private static String ask(PortBench asked, byte[]... segments) {
        TestChannel channel = asked.connect();
        for (byte[] segment : segments) {
            channel.arrive(segment);
            asked.turn();
        }
        assertThat(channel.isOpen()).as("after the answer").isFalse();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        channel.takeFlushes().forEach(text::writeBytes);
        channel.runPendingTasks();
        asked.turn();
        assertThat(channel.usedBytes()).isZero();
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void latenciesAreInMillisecondsWithFourPlacesAtMost() {
        bench.counters.requestAnswered(OpCode.GET_DATA, 2 * MILLI);
        bench.counters.requestAnswered(OpCode.GET_DATA, 4 * MILLI);
        bench.counters.requestAnswered(OpCode.SET_DATA, 10 * MILLI);
        bench.counters.watchesFired(2);

        assertThat(ask("srvr"))
                .startsWith("Zookeeper version: 1.2, built on a day\n")
                .contains("Latency min/avg/max: 2/5.3333/10\nReceived: 3\nSent: 5\n");
        assertThat(ask("mntr"))
                .contains("zk_avg_latency\t5.3333\n", "zk_packets_received\t3\n", "zk_packets_sent\t5\n")
                .contains("zk_avg_readlatency\t3.0\n", "zk_cnt_readlatency\t2\n", "zk_sum_readlatency\t6\n")
                .contains("zk_p50_updatelatency\t10\n", "zk_p999_updatelatency\t10\n", "zk_cnt_commit_latency\t0\n");
        assertThat(ask("srst")).isEqualTo("Server stats reset.\n");
        assertThat(ask("srvr")).contains("Latency min/avg/max: 0/0.0/0\nReceived: 0\n");
        assertThat(ask("mntr")).as("what is collected by agents goes on").contains("zk_cnt_readlatency\t2\n");
    }

    @Test
    void theReportsNameWhatIsThere() {
        TestChannel channel = bench.open();
        channel.arrive(together(create(1, "/n", 3), request(2, Op.GET_DATA, Bodies.read("/n", true))));
        bench.getReady();
        int nodes = bench.replica.status().nodes();

        assertThat(ask("wchs")).isEqualTo("1 connections watching 1 paths\nTotal watches:1\n");
        assertThat(ask("wchp")).matches("/n\n\t0x[0-9a-f]+\n\n");
        assertThat(ask("wchc")).matches("0x[0-9a-f]+\n\t/n\n\n");
        assertThat(ask("srvr")).contains("Node count: " + (nodes + 1) + "\n");
        assertThat(ask("stat"))
                .contains("Clients:\n /127.0.0.1:45678[1](queued=0,recved=3,sent=2)\n")
                .contains("Connections: 2\nOutstanding: 0\nZxid: 0x2\nMode: standalone\n");
        assertThat(ask("crst")).isEqualTo("Connection stats reset.\n");
        assertThat(ask("stat")).contains("(queued=0,recved=0,sent=0)\n");
        assertThat(ask("dump"))
                .contains("Session Sets (1)/(1):\n1 expire at ")
                .contains("Sessions with Ephemerals (0):\n");
    }

    @Test
    void digestsAreListedOldestFirst() {
        bench.counters.digestRecorded(0x1f, -5);
        bench.counters.digestRecorded(0x20, 7);
        assertThat(ask("hash")).isEqualTo("1f: -5\n20: 7\n");
    }

    @Test
    void theTraceMaskIsKept() {
        byte[] word = ByteBuffer.allocate(12)
                .put("stmk".getBytes(StandardCharsets.US_ASCII))
                .putLong(4711)
                .array();
        for (int split = 0; split < word.length; split++) {
            assertThat(ask(bench, Arrays.copyOfRange(word, 0, split), Arrays.copyOfRange(word, split, word.length)))
                    .as("split at %d", split)
                    .isEqualTo("4711");
        }
        assertThat(ask("gtmk")).isEqualTo("4711");
    }

    @Test
    void onlyListedWordsAreAnswered() {
        PortBench strict = new PortBench(Limits.DEFAULTS, facts(List.of("ruok")));
        strict.getReady();
        for (FourLetterWord word : FourLetterWord.values()) {
            boolean answered = word == FourLetterWord.SRVR || word == FourLetterWord.RUOK;
            if (!answered && word != FourLetterWord.TELNET_CLOSE && word != FourLetterWord.STMK) {
                assertThat(ask(strict, word.text().getBytes(StandardCharsets.US_ASCII)))
                        .isEqualTo(word.text() + " is not executed because it is not in the whitelist.\n");
            }
        }
        assertThat(ask(strict, "ruok".getBytes(StandardCharsets.US_ASCII))).isEqualTo("imok");
        assertThat(ask(strict, "srvr".getBytes(StandardCharsets.US_ASCII))).startsWith("Zookeeper version");
    }

    private ServerFacts facts(List<String> words) {
        return new ServerFacts(
                "1.2",
                "a day",
                7,
                directory.resolve("data"),
                directory.resolve("log"),
                2000,
                60,
                4000,
                40_000,
                5,
                words,
                null);
    }

    @Test
    void theSizesOfBothDirectoriesAreTold() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data/version-2"));
        Path log = Files.createDirectories(directory.resolve("log/version-2"));
        Files.write(data.resolve("snapshot.0"), new byte[10]);
        Files.write(data.resolve("snapshot.1"), new byte[20]);
        Files.write(log.resolve("log.1"), new byte[5]);
        PortBench asked = new PortBench(Limits.DEFAULTS, facts(List.of("*")));
        asked.getReady();

        assertThat(ask(asked, "dirs".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("datadir_size: 30\nlogdir_size: 5\n");
    }

    /** An operator's question must never end the server that it is about. */
    @Test
    void aDirectoryThatCannotBeListedIsReportedInTheAnswer() {
        PortBench asked = new PortBench(Limits.DEFAULTS, facts(List.of("*")));
        asked.getReady();

        assertThat(ask(asked, "dirs".getBytes(StandardCharsets.US_ASCII)))
                .startsWith("dirs cannot be answered: cannot list ")
                .contains("data")
                .endsWith("\n");
    }

    @Test
    void whoComesBeforeTheReplicaWaitsForItUnlessItAsksInFourLetters() {
        PortBench young = new PortBench(Limits.DEFAULTS, PortBench.FACTS);
        TestChannel silent = young.connect();
        TestChannel asking = young.connect();
        TestChannel client = young.connect();
        asking.arrive("ru".getBytes(StandardCharsets.US_ASCII));
        client.arrive(FrameClient.frame(Handshake.newSession().toBytes()));
        young.port.answerWithoutReplica();
        assertThat(client.config().isAutoRead()).as("not read any further").isFalse();
        asking.arrive("ok".getBytes(StandardCharsets.US_ASCII));
        young.port.answerWithoutReplica();
        assertThat(asking.isOpen()).isFalse();
        assertThat(asking.takeFlushes()).containsExactly("imok".getBytes(StandardCharsets.US_ASCII));
        assertThat(client.takeFlushes()).isEmpty();

        young.getReady();
        assertThat(client.takeFrames()).as("answer to the handshake").hasSize(1);
        assertThat(client.config().isAutoRead()).isTrue();
        silent.arrive(FrameClient.frame(Handshake.newSession().toBytes()));
        young.getReady();
        assertThat(silent.takeFrames()).hasSize(1);
    }

    @Test
    void theReplicaDoesNotWaitForDirectoriesAndNames() {
        List<Runnable> aside = new ArrayList<>();
        PortBench asked = new PortBench(Limits.DEFAULTS, facts(List.of("*")), aside::add);
        asked.getReady();
        TestChannel client = asked.open();
        for (String word : List.of("dirs", "conf", "envi")) {
            aside.clear();
            TestChannel channel = asked.connect();
            channel.arrive((word + "\n").getBytes(StandardCharsets.US_ASCII));
            asked.turn();
            assertThat(channel.takeFlushes()).as(word).isEmpty();
            client.arrive(PortBench.ping());
            asked.turn();
            assertThat(client.takeFrames()).as("served meanwhile").hasSize(1);
            assertThat(aside).as(word).hasSize(1);

            aside.get(0).run();
            asked.turn();
            assertThat(channel.takeFlushes()).as(word).hasSize(1);
            assertThat(channel.isOpen()).as(word).isFalse();
        }
    }

    @Test
    void tooManyQuestionsAreToldSo() {
        PortBench asked = new PortBench(Limits.DEFAULTS, facts(List.of("*")), work -> {
            throw new RejectedExecutionException();
        });
        asked.getReady();
        assertThat(ask(asked, "dirs".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("dirs cannot be answered: too many have asked at once\n");
    }
}
