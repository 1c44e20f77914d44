package io.quorate.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client protocol 9.5, 9.6, 9.8 and 9.9. */
class AuthenticatorTest {

    private static final AuthSchemes SCHEMES = new AuthSchemes(AuthOptions.DEFAULTS);

    private final ClientIdentities who = ClientIdentities.ofAddress("10.1.2.3");

    private static AuthOptions enforcing(String... schemes) {
        return new AuthOptions(false, null, "SHA1", true, false, null, List.of(schemes));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "digest, bob:secret, OK, 2", "digest, '', OK, 2", "digest, -, AUTH_FAILED, 1", "ip, x, OK, 1",
                "ip, -, OK, 1", "world, anyone, AUTH_FAILED, 1", "auth, x, AUTH_FAILED, 1", "super, x, AUTH_FAILED, 1",
                "sasl, x, AUTH_FAILED, 1", "x509, x, AUTH_FAILED, 1", "-, x, AUTH_FAILED, 1",
                        "Digest, a:b, AUTH_FAILED, 1"
            })
    void judgesPackets(String scheme, String data, ErrorCode answer, int identities) {
        byte[] bytes = data == null ? null : data.getBytes(StandardCharsets.UTF_8);
        assertThat(new Authenticator(SCHEMES).authenticate(scheme, bytes, who)).isEqualTo(answer);
        assertThat(who.asList()).hasSize(identities);
    }

    @Test
    void digestCanBeSwitchedOff() {
        AuthSchemes schemes = new AuthSchemes(new AuthOptions(false, null, "SHA1", false, false, null, List.of()));
        assertThat(new Authenticator(schemes).authenticate("digest", new byte[] {'a'}, who))
                .isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(schemes.names()).containsExactly("ip");
    }

    @ParameterizedTest
    @CsvSource({
        "digest, bob:hash, bob:x",
        "digest, a:b:c, a:x",
        "digest, nocolon, nocolon",
        "digest, :h, :x",
        "ip, 1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "world, anyone, anyone",
        "sasl, a:b, a:b"
    })
    void redactsHashesOfDigestIds(String scheme, String id, String shown) {
        assertThat(AclRedaction.redact(List.of(new Acl(9, scheme, id), Acl.OPEN.get(0))))
                .containsExactly(new Acl(9, scheme, shown), Acl.OPEN.get(0));
    }

    @Test
    void redactsAcrossLineEnds() {
        assertThat(AclRedaction.redact(List.of(new Acl(1, "digest", "a:b\nc:d"))))
                .containsExactly(new Acl(1, "digest", "a:x"));
    }

    @Test
    void whoAmIShowsUsersAndNoHashes() {
        who.add(new Identity("digest", "bob:hash"));
        who.add(new Identity("super", "CN=admin"));
        who.add(new Identity("sasl", "bob@REALM"));
        assertThat(new WhoAmI(SCHEMES).users(who))
                .containsExactly(
                        new Identity("ip", "10.1.2.3"),
                        new Identity("digest", "bob"),
                        new Identity("super", ""),
                        new Identity("sasl", ""));
    }

    @Test
    void withoutEnforcementEverybodyIsServed() {
        assertThat(new EnforcedSchemes(AuthOptions.DEFAULTS, SCHEMES).satisfiedBy(ClientIdentities.none()))
                .isTrue();
    }

    @Test
    void oneOfTheEnforcedSchemesSuffices() {
        EnforcedSchemes digest = new EnforcedSchemes(enforcing("digest"), SCHEMES);
        assertThat(digest.satisfiedBy(who)).isFalse();
        assertThat(new EnforcedSchemes(enforcing("digest", "ip"), SCHEMES).satisfiedBy(who))
                .isTrue();
        who.add(new Identity("digest", "bob:h"));
        assertThat(digest.satisfiedBy(who)).isTrue();
    }

    @Test
    void aSchemeThatNobodyCanUseIsNotEnforced() {
        assertThatThrownBy(() -> new EnforcedSchemes(enforcing("ip", "sasl"), SCHEMES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'sasl'")
                .hasMessageContaining("[ip, digest]");
        assertThatCode(() -> new EnforcedSchemes(enforcing("digest"), SCHEMES)).doesNotThrowAnyException();
    }

    @Test
    void optionsKeepTheirListAndHideTheSuperDigest() {
        List<String> enforced = new ArrayList<>(List.of("ip"));
        AuthOptions options = new AuthOptions(false, "super:hash", "SHA1", true, false, null, enforced);
        enforced.clear();
        assertThat(options.enforcedSchemes()).containsExactly("ip");
        assertThat(options.toString()).doesNotContain("hash").contains("superDigest=set");
    }
}
