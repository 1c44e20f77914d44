package io.quorate.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A membership as members send it to each other (quorum protocol 1.4), and what it may not be. */
class MembershipTest {

    @Test
    void textIsWhatVectorA2Has() {
        PeerServer one = ServerListParser.parse(1, "127.0.0.1:2888:3888;2181", false);
        assertThat(Membership.majority(0, List.of(one)).text())
                .isEqualTo("server.1=127.0.0.1:2888:3888:participant;0.0.0.0:2181\nversion=0");
    }

    @Test
    void groupsAndWeightsAreWrittenBehindTheServers() {
        Membership membership = Membership.of(
                0x1_0000_002aL,
                Voters.servers(3),
                new Hierarchy(
                        new TreeMap<>(Map.of(2L, List.of(3L), 1L, List.of(2L, 1L))), new TreeMap<>(Map.of(2L, 5L))));
        assertThat(membership.text()).isEqualTo("""
                        server.1=s1:2888:3888:participant
                        server.2=s2:2888:3888:participant
                        server.3=s3:2888:3888:participant
                        group.1=1:2
                        group.2=3
                        weight.1=1
                        weight.2=5
                        weight.3=1
                        version=10000002a""");
    }

    @Test
    void textIsReadBackWhateverTheOrderOfItsLines() {
        for (int seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            Membership membership = anyOf(random);
            List<String> lines = new ArrayList<>(Arrays.asList(membership.text().split("\n")));
            Collections.shuffle(lines, random);
            lines.add(random.nextInt(lines.size() + 1), "# a comment");
            Membership read = Membership.parse(String.join(random.nextBoolean() ? "\n" : "\r\n", lines));

            assertThat(read.text()).as("seed " + seed).isEqualTo(membership.text());
            assertThat(read.sameMembers(membership)).isTrue();
            assertThat(read.version()).isEqualTo(membership.version());
            assertThat(read.voters()).isEqualTo(membership.voters());
        }
    }

    private static Membership anyOf(Random random) {
        int count = 1 + random.nextInt(7);
        List<PeerServer> servers = new ArrayList<>();
        NavigableMap<Long, List<Long>> groups = new TreeMap<>();
        NavigableMap<Long, Long> weights = new TreeMap<>();
        for (long id = 1; id <= count; id++) {
            boolean observer = id > 1 && random.nextInt(4) == 0;
            String hosts = host(random, id) + ":1:2" + (random.nextInt(4) == 0 ? "|" + host(random, id) + ":3:4" : "");
            String client =
                    random.nextBoolean() ? "" : ";" + (random.nextBoolean() ? "" : host(random, id) + ":") + "5";
            servers.add(ServerListParser.parse(id, hosts + (observer ? ":observer" : "") + client, true));
            if (!observer) {
                groups.computeIfAbsent(random.nextLong(3), group -> new ArrayList<>())
                        .add(id);
                weights.put(id, 1 + random.nextLong(3));
            }
        }
        Collections.shuffle(servers, random);
        long version = random.nextLong() & Long.MAX_VALUE;
        return random.nextBoolean()
                ? Membership.majority(version, servers)
                : Membership.of(version, servers, new Hierarchy(groups, weights));
    }

    private static String host(Random random, long id) {
        return random.nextBoolean() ? "host" + id + "-" + random.nextInt(9) : "[2001:db8::" + id + "]";
    }

    @Test
    void whatTheReferenceWritesIsRead() {
        // As java.util.Properties escapes it, and without a version.
        Membership read = Membership.parse("#Sat\nserver.2=b\\:1\\:2\\:observer;0.0.0.0\\:3\nserver.1 = a:1:2\n");
        assertThat(read.version()).isZero();
        assertThat(read.text()).isEqualTo("server.1=a:1:2:participant\nserver.2=b:1:2:observer;0.0.0.0:3\nversion=0");
    }

    @Test
    void membersAreTheSameWhateverIsLeftToTheDefault() {
        String servers = "server.1=a:1:2\nserver.2=b:1:2\ngroup.1=1:2\n";
        Membership plain = Membership.parse(servers);
        assertThat(plain.sameMembers(Membership.parse(servers + "weight.1=1\nversion=5")))
                .isTrue();
        assertThat(plain.sameMembers(Membership.parse(servers + "weight.1=2"))).isFalse();
        assertThat(plain.sameMembers(Membership.parse("server.1=a:1:2\nserver.2=b:1:2\n")))
                .isFalse();
        assertThat(plain.sameMembers(Membership.parse("server.1=a:1:2\nserver.2=b:1:3\ngroup.1=1:2\n")))
                .isFalse();
        assertThat(plain.withVersion(9).text()).endsWith("version=9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            emptyValue = "",
            value = {
                "\"\"~the list has no server",
                "version=1~the list has no server",
                "server.1=a:1:2:observer~the list has observers only",
                "server.1=a:1:2,server.1=b:1:2~the key 'server.1' twice",
                "server.1=a:1:2,server.01=b:1:2~two servers have the id 1",
                "server.x=a:1:2~the key 'server.x', whose number is missing",
                "server.-1=a:1:2~the id -1, outside of 0 to 254",
                "server.255=a:1:2~the id 255, outside of 0 to 254",
                "server.1=a:1:2,server.2=a:1:3~servers 1 and 2 both name the address a:1",
                "server.1=a:1:2,server.2=A:3:2~servers 1 and 2 both name the address A:2",
                "server.1=a:1:2,server.2=a:2:3~servers 1 and 2 both name the address a:2",
                "server.1=a:1:2|a:3:1~server 1 names twice the address a:1",
                "server.1=a:1:2,version=xyz~the version 'xyz', which is no hexadecimal number",
                "server.1=a:1:2,clientPort=2181~the unknown key 'clientPort'",
                "server.1=a:1:2,group.1=2~group 1 names server 2, which is no participant",
                "server.1=a:1:2,server.2=b:1:2:observer,group.1=1:2~group 1 names server 2, which is no participant",
                "server.1=a:1:2,server.2=b:1:2,group.1=1~server 2 is in no group",
                "server.1=a:1:2,server.2=b:1:2,group.1=1:2,group.2=1~server 1 is in group 1 and in group 2",
                "server.1=a:1:2,server.2=b:1:2,group.1=1:2:1~server 1 is in group 1 and in group 1",
                "server.1=a:1:2,group.1=1,weight.1=0~every voter has the weight 0",
                "server.1=a:1:2,group.1=1,weight.1=-2~the weight of server 1 is '-2'",
                "server.1=a:1:2,group.1=1,weight.2=1~a weight is given to server 2, which is no participant",
                "server.1=a:1:2,weight.1=1~server 1 is in no group",
                "server.1=a:1:2,group.1=1:b~'b' is no server id"
            })
    void whatIsNoEnsembleIsRefusedInWords(String lines, String problem) {
        assertThatThrownBy(() -> Membership.parse(lines.replace(',', '\n')))
                .isInstanceOfSatisfying(InvalidMembership.class, invalid -> {
                    assertThat(invalid.problem()).contains(problem);
                    assertThat(invalid.remedy()).endsWith(".");
                });
    }

    @Test
    void anybodyMayListenEverywhere() {
        Membership all = Membership.parse("server.1=0.0.0.0:1:2\nserver.2=0.0.0.0:1:2\nserver.3=[::]:1:2");
        assertThat(all.voters()).containsExactly(1L, 2L, 3L);
    }
}
