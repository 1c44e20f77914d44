package io.quorate.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.Limits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client protocol 9.4. */
class DigestSchemeTest {

    private final DigestScheme scheme = new DigestScheme(DigestScheme.DEFAULT_ALGORITHM, null);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "super:admin, super:xQJmxLMiHGwaqBvst5y6rkB6HQs=",
        "bob:secret, bob:fyVmFCwVbTJYrznoSu1koqYEYF0=",
        "foo, foo:C+7Hteo/D9vJXQ3UfzxbwnXaijM="
    })
    void matchesTheVectors(String userAndPassword, String id) {
        assertThat(scheme.idOf(userAndPassword)).isEqualTo(id);
        ClientIdentities who = ClientIdentities.none();
        assertThat(scheme.authenticate(bytes(userAndPassword), who)).isTrue();
        assertThat(who.asList()).containsExactly(new Identity("digest", id));
    }

    @ParameterizedTest
    @CsvSource({"a:b:c, a", ":b, ''", "'', ''", "a:, a"})
    void theUserEndsAtTheFirstColon(String userAndPassword, String user) {
        assertThat(scheme.idOf(userAndPassword)).startsWith(user + ":").hasSize(user.length() + 1 + 28);
    }

    @Test
    void theHashCoversThePasswordWithItsColons() {
        assertThat(scheme.idOf("a:b:c")).isNotEqualTo(scheme.idOf("a:b"));
    }

    @ParameterizedTest
    @CsvSource({
        "a:b, true", "bob:fyVmFCwVbTJYrznoSu1koqYEYF0=, true", ":b, true", "a:b:, true", "a:b::, true",
        "a:, false", "a, false", "'', false", ":, false", "a:b:c, false"
    })
    void idsHaveTwoParts(String id, boolean valid) {
        assertThat(scheme.isValidId(id)).isEqualTo(valid);
    }

    @Test
    void matchesByEquality() {
        assertThat(scheme.matches("a:b", "a:b")).isTrue();
        assertThat(scheme.matches("a:b", "a:B")).isFalse();
        assertThat(scheme.countsAsAuthenticated()).isTrue();
    }

    @Test
    void theSuperDigestGivesSuperBesideTheUser() {
        DigestScheme withSuper = new DigestScheme("SHA1", "super:xQJmxLMiHGwaqBvst5y6rkB6HQs=");
        ClientIdentities who = ClientIdentities.none();
        assertThat(withSuper.authenticate(bytes("super:wrong"), who)).isTrue();
        assertThat(who.isSuper()).isFalse();
        assertThat(withSuper.authenticate(bytes("super:admin"), who)).isTrue();
        assertThat(who.isSuper()).isTrue();
        assertThat(who.asList())
                .contains(new Identity("super", ""), new Identity("digest", "super:xQJmxLMiHGwaqBvst5y6rkB6HQs="));
    }

    @Test
    void theAlgorithmIsASetting() {
        assertThat(new DigestScheme("SHA-256", null).idOf("bob:secret"))
                .startsWith("bob:")
                .hasSize("bob:".length() + 44);
        assertThatThrownBy(() -> new DigestScheme("SHA-0", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SHA-0")
                .hasMessageContaining("digest-alg");
    }

    @Test
    void refusesNoDataAndTooManyIdentities() {
        ClientIdentities who = ClientIdentities.none();
        assertThat(scheme.authenticate(null, who)).isFalse();
        for (int i = 0; i < Limits.DEFAULTS.links().maxIdentities(); i++) {
            assertThat(scheme.authenticate(bytes("u" + i), who)).isTrue();
        }
        assertThat(scheme.authenticate(bytes("one:more"), who)).isFalse();
    }
}
