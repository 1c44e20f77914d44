package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four-letter words: how they are recognised and the form of their answers (client protocol 12.5, operations 2). */
abstract class FourLetterKit extends ClientProtocolKit {

    private static final String VERSION = "Zookeeper version: \\S+, built on .+";
    private static final String CONNECTION = " /127\\.0\\.0\\.1:\\d+\\[\\d+]\\(queued=\\d+,recved=\\d+,sent=\\d+";
    private static final List<String> STATISTICS = List.of(
            "Latency min/avg/max: -?\\d+/\\d+(\\.\\d{1,4})?/\\d+",
            "Received: \\d+",
            "Sent: \\d+",
            "Connections: \\d+",
            "Outstanding: \\d+",
            "Zxid: 0x[0-9a-f]+",
            "Mode: standalone",
            "Node count: \\d+");

    @Override
    ServerOptions options() {
        return ServerOptions.builder().fourLetterWords("*").build();
    }

    @Test
    @Checklist(17)
    @DisplayName("14.17 ruok answers imok without a newline and closes")
    void ruok() {
        assertThat(word("ruok")).isEqualTo("imok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ruok", "srvr"})
    @DisplayName("2.1 a word is answered to a client that has said its last word, as nc does at the end of its input")
    void lastWords(String word) {
        FrameClient client = connect();
        client.sendRaw(word.getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        assertThat(client.readToEnd()).isNotEmpty();
    }

    @Test
    @DisplayName("2.2 isro answers rw without a newline")
    void isro() {
        assertThat(word("isro")).isEqualTo("rw");
    }

    @Test
    @Checklist(17)
    @DisplayName("14.17 a word that is not whitelisted is refused in one line; srvr is always allowed")
    void refusedWords() {
        withServer(ServerOptions.defaults(), own -> {
            for (String refused : List.of("ruok", "stat", "mntr", "cons", "dump", "envi", "conf", "wchs", "hash")) {
                assertThat(word(own, refused))
                        .isEqualTo(refused + " is not executed because it is not in the whitelist.\n");
            }
            assertThat(word(own, "srvr")).startsWith("Zookeeper version: ");
        });
        withServer(ServerOptions.builder().fourLetterWords("ruok, mntr").build(), own -> {
            assertThat(word(own, "ruok")).isEqualTo("imok");
            assertThat(word(own, "mntr")).startsWith("zk_version\t");
            assertThat(word(own, "srvr")).startsWith("Zookeeper version: ");
            assertThat(word(own, "conf")).contains("not in the whitelist");
        });
    }

    @Test
    @DisplayName("2.1 what follows the word is ignored, and the word may arrive in pieces")
    void formOfTheWord() {
        assertThat(word("ruok\n")).isEqualTo("imok");
        assertThat(word("ruok and more")).isEqualTo("imok");

        FrameClient pieces = connect();
        for (byte letter : "ruok".getBytes(StandardCharsets.US_ASCII)) {
            pieces.sendRaw(letter);
        }
        assertThat(pieces.readToEnd()).isEqualTo("imok");
    }

    @ParameterizedTest
    @DisplayName("2.1 other words are frame lengths: close with no bytes")
    @ValueSource(strings = {"RUOK", "abcd", "GET ", "kill", "reqs"})
    void unknownWords(String unknown) {
        assertThat(word(unknown)).isEmpty();
    }

    @Test
    @DisplayName("2.1 the telnet close sequence closes")
    void telnetClose() {
        FrameClient client = connect();
        client.sendRaw((byte) 0xff, (byte) 0xf4, (byte) 0xff, (byte) 0xfd);

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    @DisplayName("2.1 behind a handshake a word is a length like any other")
    void wordInsideASession() {
        session().client().sendRaw("ruok".getBytes(StandardCharsets.US_ASCII));

        assertThat(session().client().isClosedByServer()).isTrue();
    }

    @Test
    @DisplayName("2.2 srvr")
    void srvr() {
        List<String> expected = new ArrayList<>(List.of(VERSION));
        expected.addAll(STATISTICS);

        assertLines(word("srvr"), expected);
        assertThat(word("srvr"))
                .endsWith("\n")
                .contains(String.format("Zxid: 0x%x", session().ping().zxid()));
    }

    @Test
    @DisplayName("2.2 stat: as srvr, with the connections behind the version line and a blank line")
    void stat() {
        List<String> expected = new ArrayList<>(List.of(VERSION, "Clients:"));
        List<String> lines = lines(word("stat"));
        int blank = lines.indexOf("");
        lines.subList(2, blank).forEach(line -> expected.add(CONNECTION + "\\)"));
        expected.add("");
        expected.addAll(STATISTICS);

        assertThat(lines.subList(2, blank))
                .as("this session and the word itself")
                .hasSizeGreaterThanOrEqualTo(2);
        assertLines(word("stat"), expected);
    }

    @Test
    @DisplayName("2.2 cons: a line for each connection, with the session's particulars, and a blank line")
    void cons() {
        session().exists(root(), false).ok();
        String text = word("cons");
        String own = String.format("sid=0x%x,", session().id());
        List<String> lines = lines(text);

        assertThat(text).endsWith("\n\n");
        assertThat(lines.remove(lines.size() - 1)).isEmpty();
        assertThat(lines).allMatch(line -> line.matches(CONNECTION + ".*\\)"));
        assertThat(lines.stream().filter(line -> line.contains(own)))
                .singleElement()
                .asString()
                .matches(CONNECTION + "," + own + "lop=EXIS,est=\\d+,to=30000,lcxid=0x2,lzxid=0x[0-9a-f]+,lresp=\\d+,"
                        + "llat=\\d+,minlat=\\d+,avglat=\\d+,maxlat=\\d+\\)");
        assertThat(lines).as("the word's own connection").anyMatch(line -> line.matches(CONNECTION + "\\)"));
    }

    @Test
    @DisplayName("2.2 crst and srst")
    void resets() {
        assertThat(word("crst")).isEqualTo("Connection stats reset.\n");
        assertThat(word("srst")).isEqualTo("Server stats reset.\n");
        assertThat(word("srvr")).containsPattern("Received: \\d\n");
    }

    @Test
    @DisplayName("2.2 conf of a standalone server")
    void conf() {
        assertLines(
                word("conf"),
                List.of(
                        "clientPort=" + server().address().getPort(),
                        "secureClientPort=-1",
                        "dataDir=/.+",
                        "dataDirSize=\\d+",
                        "dataLogDir=/.+",
                        "dataLogSize=\\d+",
                        "tickTime=3000",
                        "maxClientCnxns=60",
                        "minSessionTimeout=6000",
                        "maxSessionTimeout=60000",
                        "clientPortListenBacklog=-1",
                        "serverId=\\d+"));
    }

    @Test
    @DisplayName("2.2 dirs")
    void dirs() {
        assertLines(word("dirs"), List.of("datadir_size: \\d+", "logdir_size: \\d+"));
    }

    @Test
    @DisplayName("2.2 envi")
    void envi() {
        List<String> lines = lines(word("envi"));

        assertThat(lines.remove(0)).isEqualTo("Environment:");
        assertThat(lines.stream().map(line -> line.substring(0, line.indexOf('='))))
                .containsExactly(
                        "zookeeper.version",
                        "host.name",
                        "java.version",
                        "java.vendor",
                        "java.home",
                        "java.class.path",
                        "java.library.path",
                        "java.io.tmpdir",
                        "java.compiler",
                        "os.name",
                        "os.arch",
                        "os.version",
                        "user.name",
                        "user.home",
                        "user.dir",
                        "os.memory.free",
                        "os.memory.max",
                        "os.memory.total");
        assertThat(lines.subList(lines.size() - 3, lines.size())).allMatch(line -> line.matches(".+=\\d+MB"));
    }

    @Test
    @DisplayName("2.2 dump: sessions by expiry, ephemerals by session, connections")
    void dump() {
        session().create(path("e"), Flags.EPHEMERAL).ok();
        String text = word("dump");
        String id = String.format("0x%x", session().id());

        assertThat(text)
                .startsWith("SessionTracker dump:\nSession Sets (")
                .containsPattern("Session Sets \\(\\d+\\)/\\(\\d+\\):\n\\d+ expire at .+:\n\t0x[0-9a-f]+\n")
                .contains("\t" + id + "\n")
                .containsPattern("ephemeral nodes dump:\nSessions with Ephemerals \\(\\d+\\):\n0x[0-9a-f]+:\n\t/")
                .contains("\n" + id + ":\n\t" + path("e") + "\n")
                .contains("Connections dump:\n");
    }

    @Test
    @DisplayName("2.2 wchs, wchc and wchp report data watches by number, session and path")
    void watches() {
        session().getData(root(), true).ok();
        session().exists(path("missing"), true);
        session().getChildren("/", true).ok();
        String id = String.format("0x%x", session().id());

        assertThat(word("wchs")).matches("\\d+ connections watching \\d+ paths\nTotal watches:\\d+\n");
        String byConnection = word("wchc");
        assertThat(byConnection).endsWith("\n\n").startsWith("0x");
        String ofThis = byConnection.substring(byConnection.indexOf(id + "\n") + id.length() + 1);
        assertThat(ofThis.lines().takeWhile(line -> line.startsWith("\t")))
                .containsExactlyInAnyOrder("\t" + root(), "\t" + path("missing"));
        assertThat(word("wchp")).endsWith("\n\n").contains(root() + "\n\t" + id + "\n");
    }

    @Test
    @DisplayName("2.2 gtmk and stmk show the trace mask in decimal without a newline")
    void traceMask() {
        String mask = word("gtmk");
        assertThat(mask).matches("\\d+");
        FrameClient client = connect();
        client.sendRaw(new JuteWriter()
                .raw("stmk".getBytes(StandardCharsets.US_ASCII))
                .longInteger(Long.parseLong(mask))
                .toBytes());

        assertThat(client.readToEnd()).isEqualTo(mask);
    }

    @Test
    @DisplayName("2.2 hash: zxid and digest in each line")
    void hash() {
        for (int i = 0; i < 300; i++) {
            session().send(Op.SET_DATA, Bodies.setData(root(), null, -1));
        }
        for (int i = 0; i < 300; i++) {
            session().receive().ok();
        }
        List<String> lines = lines(word("hash"));

        assertThat(lines).isNotEmpty().allMatch(line -> line.matches("[0-9a-f]+: -?\\d+"));
    }

    @Test
    @DisplayName("2.3 mntr: key, tab, value; version and state first; the keys that agents parse")
    void mntr() {
        List<String> lines = lines(word("mntr"));

        assertThat(lines).allMatch(line -> line.matches("zk_[^\t]+\t[^\t]+"));
        assertThat(lines.get(0)).matches("zk_version\t\\S+, built on .+");
        assertThat(lines.get(1)).isEqualTo("zk_server_state\tstandalone");
        assertThat(lines.stream().map(line -> line.substring(0, line.indexOf('\t'))))
                .doesNotHaveDuplicates()
                .contains(
                        "zk_avg_latency",
                        "zk_min_latency",
                        "zk_max_latency",
                        "zk_packets_received",
                        "zk_packets_sent",
                        "zk_num_alive_connections",
                        "zk_outstanding_requests",
                        "zk_znode_count",
                        "zk_watch_count",
                        "zk_ephemerals_count",
                        "zk_approximate_data_size",
                        "zk_open_file_descriptor_count",
                        "zk_max_file_descriptor_count",
                        "zk_uptime",
                        "zk_global_sessions",
                        "zk_local_sessions");
    }

    @Test
    @DisplayName("2.3 mntr counts nodes, ephemerals and watches as they are")
    void mntrCounts() {
        withServer(options(), own -> {
            // Only differences: Apache ZooKeeper counts the root twice, since its tree holds it under two names.
            int nodesBefore = mntrValue(own, "zk_znode_count");
            KitSession client = ended(KitSession.open(own.address()));
            client.create("/e", Flags.EPHEMERAL).ok();
            client.create("/p").ok();
            client.getData("/p", true).ok();
            client.getChildren("/p", true).ok();

            assertThat(mntrValue(own, "zk_znode_count")).isEqualTo(nodesBefore + 2);
            assertThat(mntrValue(own, "zk_ephemerals_count")).isEqualTo(1);
            assertThat(mntrValue(own, "zk_watch_count"))
                    .as("child watches count too")
                    .isEqualTo(2);
        });
    }

    private int mntrValue(ServerUnderTest asked, String key) {
        return lines(word(asked, "mntr")).stream()
                .filter(line -> line.startsWith(key + "\t"))
                .mapToInt(line -> Integer.parseInt(line.substring(key.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("mntr has no " + key));
    }

    private String word(String word) {
        return word(server(), word);
    }

    private String word(ServerUnderTest asked, String word) {
        FrameClient client = ended(FrameClient.connect(asked.address()));
        client.sendRaw(word.getBytes(StandardCharsets.US_ASCII));
        return client.readToEnd();
    }

    private static List<String> lines(String text) {
        return new ArrayList<>(text.lines().toList());
    }

    private static void assertLines(String text, List<String> expressions) {
        List<String> lines = lines(text);
        assertThat(lines).as("lines of\n%s", text).hasSameSizeAs(expressions);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).matches(expressions.get(i));
        }
    }
}
