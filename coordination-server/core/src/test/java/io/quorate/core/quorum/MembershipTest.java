package io.quorate.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server list, as it is written and as members send it (quorum protocol 1.1, 1.4). */
class MembershipTest {

    @Test
    void textIsWhatVectorA2Has() {
        PeerServer one = ServerListParser.parse(1, "127.0.0.1:2888:3888;2181", false);
        assertThat(Membership.majority(0, List.of(one)).text())
                .isEqualTo("server.1=127.0.0.1:2888:3888:participant;0.0.0.0:2181\nversion=0");
    }

    @Test
    void textIsReadBack() {
        Membership membership = Membership.majority(
                0x1_0000_0000L,
                List.of(
                        ServerListParser.parse(1, "a:1:2:participant", false),
                        ServerListParser.parse(2, "[::1]:1:2:observer;[::1]:3", false)));
        Membership read = Membership.parse(membership.text());
        assertThat(read.version()).isEqualTo(0x1_0000_0000L);
        assertThat(read.sameMembers(membership)).isTrue();
        assertThat(read.voters()).containsExactly(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a:1",
                "a:1:1",
                "a:1:x",
                "a:1:2:leader",
                "a:1:2;1;2",
                "a:0:2",
                "a:1:70000",
                "a:1:2|b:1:2"
            })
    void whatIsNoServerIsRefused(String value) {
        assertThatThrownBy(() -> ServerListParser.parse(3, value, false))
                .isInstanceOf(InvalidMembership.class)
                .hasMessageContaining("3");
    }
}
