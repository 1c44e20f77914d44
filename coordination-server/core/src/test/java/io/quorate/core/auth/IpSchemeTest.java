package io.quorate.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.InvariantViolation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol 9.4. */
class IpSchemeTest {

    private final IpScheme scheme = new IpScheme();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.4",
                "0.0.0.0",
                "255.255.255.255",
                "01.2.3.4",
                "1.2.3.0004",
                "1.2.3.4/0",
                "1.2.3.4/32",
                "1.2.3.4/08",
                "::",
                "::1",
                "1::",
                "::1/0",
                "::1/128",
                "0:0:0:0:0:0:0:1",
                "fe80::1",
                "FE80::aBcD",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1:2::7:8/64"
            })
    void acceptsLiterals(String id) {
        assertThat(scheme.isValidId(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "1",
                "1.2.3",
                "1.2.3.",
                "1.2.3.4.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-1",
                "0x1.2.3.4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4/",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/8/8",
                "1.2.3.4/a",
                "1.2.3.99999999999",
                "localhost",
                "\u0663.1.1.1",
                ":",
                ":::",
                ":1",
                "1:",
                "::1:",
                ":1::2",
                "1:::2",
                "1::2::3",
                "::00001",
                "12345::",
                "g::1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "::1:2:3:4:5:6:7:8",
                "::1/129",
                "::1/",
                "[::1]",
                "fe80::1%eth0",
                "::ffff:1.2.3.4",
                "::1.2.3.4",
                "::-1"
            })
    void refusesEverythingElse(String id) {
        assertThat(scheme.isValidId(id)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.2.3, 10.0.0.0/8, true",
        "11.1.2.3, 10.0.0.0/8, false",
        "10.1.2.3, 10.9.9.9/8, true",
        "10.1.2.3, 0.0.0.0/0, true",
        "10.1.2.3, 10.1.2.2/31, true",
        "10.1.2.3, 10.1.2.2/32, false",
        "128.0.0.0, 0.0.0.0/1, false",
        "10.1.2.3, ::/0, false",
        "0:0:0:0:0:0:0:1, 0.0.0.0/0, false",
        "0:0:0:0:0:0:0:1, ::1, true",
        "0:0:0:0:0:0:0:1, ::2, false",
        "fe80:0:0:0:0:0:0:1, fe80::/10, true",
        "fec0:0:0:0:0:0:0:1, fe80::/10, false",
        "1:2:3:4:0:0:0:1, 1:2:3:4::/64, true",
        "1:2:3:4:8000:0:0:1, 1:2:3:4::/65, false",
        "1:2:3:5:0:0:0:1, 1:2:3:4::/64, false",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:9/127, true",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:a/127, false",
        "1:2:3:4:5:6:7:8, ::/0, true",
        "0:0:0:0:0:0:a01:203, 10.1.2.3, false",
        "nonsense, 10.1.2.3, false",
        "10.1.2.3, nonsense, false",
        "10.1.2.3, 10.1.2.3/33, false"
    })
    void comparesTheBitsOfTheMask(String client, String acl, boolean expected) {
        assertThat(scheme.matches(client, acl)).isEqualTo(expected);
    }

    @Test
    void everyPrefixLengthSeparatesAtItsBit() {
        for (int bit = 0; bit < 128; bit++) {
            byte[] address = new byte[16];
            address[bit / 8] = (byte) (0x80 >>> bit % 8);
            String client = IpScheme.textOf(address);
            assertThat(scheme.matches(client, "::/" + bit)).isTrue();
            assertThat(scheme.matches(client, "::/" + (bit + 1))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7f000001, 127.0.0.1",
        "ffffffff, 255.255.255.255",
        "00000000000000000000000000000001, 0:0:0:0:0:0:0:1",
        "fe8000000000000000000000000abcd0, fe80:0:0:0:0:0:a:bcd0",
        "00000000000000000000ffff0a010203, 10.1.2.3",
        "0000000000000000000000000a010203, 0:0:0:0:0:0:a01:203"
    })
    void printsAddressesAsJavaDoes(String hex, String text) throws UnknownHostException {
        byte[] address = HexFormat.of().parseHex(hex);
        assertThat(IpScheme.textOf(address)).isEqualTo(text);
        assertThat(InetAddress.getByAddress(address).getHostAddress()).isEqualTo(text);
    }

    @Test
    void printsAndReadsAnyAddress() throws UnknownHostException {
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            byte[] address = new byte[i % 2 == 0 ? 4 : 16];
            random.nextBytes(address);
            String text = IpScheme.textOf(address);
            assertThat(text).isEqualTo(InetAddress.getByAddress(address).getHostAddress());
            assertThat(scheme.matches(text, text)).isTrue();
        }
        assertThatThrownBy(() -> IpScheme.textOf(new byte[5])).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void authenticatingChangesNothing() {
        ClientIdentities who = ClientIdentities.ofAddress("1.2.3.4");
        assertThat(scheme.authenticate(new byte[] {1}, who)).isTrue();
        assertThat(scheme.authenticate(null, who)).isTrue();
        assertThat(who.asList()).hasSize(1);
        assertThat(scheme.countsAsAuthenticated()).isFalse();
    }
}
