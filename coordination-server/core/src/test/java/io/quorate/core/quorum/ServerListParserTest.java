package io.quorate.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar of {@code server.N} (quorum protocol 1.1): what is read, and in which words the rest is refused. */
class ServerListParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "a:2888:3888                       ~ a:2888:3888:participant",
                "a:2888:3888:participant           ~ a:2888:3888:participant",
                "a:2888:3888:observer              ~ a:2888:3888:observer",
                "a:2888:3888:OBSERVER              ~ a:2888:3888:observer",
                "a:2888:3888: Participant          ~ a:2888:3888:participant",
                "a:2888:3888;2181                  ~ a:2888:3888:participant;0.0.0.0:2181",
                "a:2888:3888:observer;2181         ~ a:2888:3888:observer;0.0.0.0:2181",
                "a:2888:3888;b:2181                ~ a:2888:3888:participant;b:2181",
                "10.0.0.1:2888:3888;10.0.0.2:2181  ~ 10.0.0.1:2888:3888:participant;10.0.0.2:2181",
                "[::1]:2888:3888                   ~ [::1]:2888:3888:participant",
                "[fe80::1%eth0]:2888:3888:observer ~ [fe80::1%eth0]:2888:3888:observer",
                "[::1]:2888:3888;[2001:db8::2]:2181 ~ [::1]:2888:3888:participant;[2001:db8::2]:2181",
                "zk-0.zk.default.svc.cluster.local:1:65535 ~ zk-0.zk.default.svc.cluster.local:1:65535:participant",
                "b:1:2|a:3:4                       ~ a:3:4|b:1:2:participant",
                "b:1:2:observer|a:3:4:observer     ~ a:3:4|b:1:2:observer",
                "b:1:2|a:3:4:observer;5            ~ a:3:4|b:1:2:observer;0.0.0.0:5",
                "a:1:2|[::1]:3:4                   ~ [::1]:3:4|a:1:2:participant"
            })
    void whatIsReadIsWrittenInOneForm(String value, String text) {
        PeerServer server = ServerListParser.parse(7, value, true);

        assertThat(server.id()).isEqualTo(7);
        assertThat(server.text()).isEqualTo(text);
        assertThat(ServerListParser.parse(7, text, true)).isEqualTo(server);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            emptyValue = "",
            value = {
                "\"\"                    ~ has no address",
                "a                       ~ an address of 1 fields",
                "a:1                     ~ an address of 2 fields",
                "a:1:2:observer:x        ~ an address of 5 fields",
                "a:1:2:leader            ~ the role 'leader', which is neither participant nor observer",
                "a:1:2:                  ~ the role ''",
                "a:1:1                   ~ has 1 for its quorum port and for its election port",
                "a:0:2                   ~ '0' for its quorum port",
                "a:1:65536               ~ '65536' for its election port",
                "a:1:+2                  ~ '+2' for its election port",
                "a:1:2x                  ~ '2x' for its election port",
                "a::2                    ~ '' for its quorum port",
                "a:-1:2                  ~ '-1' for its quorum port",
                "a:1:999999999999        ~ for its election port",
                ":1:2                    ~ no usable host",
                "a b:1:2                 ~ no usable host",
                "a=b:1:2                 ~ no usable host",
                "[::1:1:2                ~ a bracket without its counterpart",
                "[::1]1:2                ~ a bracket without its counterpart",
                "::1:1:2                 ~ an address of 5 fields",
                "a:1:2;                  ~ '' for its client port",
                "a:1:2;0                 ~ '0' for its client port",
                "a:1:2;b:c:3             ~ a client address of 3 fields",
                "a:1:2;:3                ~ no usable host",
                "a:1:2;3;4               ~ more than one ';'",
                "a:1:2|                  ~ an address of 1 fields",
                "a:1:2:observer|b:1:2:participant ~ participant and observer at once"
            })
    void whatIsNoServerIsRefusedInWords(String value, String problem) {
        assertThatThrownBy(() -> ServerListParser.parse(3, value, true))
                .isInstanceOfSatisfying(InvalidMembership.class, invalid -> {
                    assertThat(invalid.problem()).startsWith("server 3 ").contains(problem);
                    assertThat(invalid.remedy()).endsWith(".");
                });
    }

    @Test
    void severalAddressesAreForThoseWhoWantThem() {
        assertThatThrownBy(() -> ServerListParser.parse(3, "a:1:2|b:1:2", false))
                .isInstanceOf(InvalidMembership.class)
                .hasMessageContaining("server 3 has 2 addresses");
        assertThat(ServerListParser.parse(3, "a:1:2|b:1:2", true).addresses()).hasSize(2);
    }
}
