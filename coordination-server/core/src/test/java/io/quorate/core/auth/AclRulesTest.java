package io.quorate.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.wire.Acl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client protocol 9.3, and hazard 6 of section 13. */
class AclRulesTest {

    private final AclRules rules = new AclRules(new AuthSchemes(AuthOptions.DEFAULTS));
    private final ClientIdentities who = ClientIdentities.ofAddress("10.1.2.3");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "world, anyone, true", "world, bob, false", "world, '', false", "world, -, false", "-, anyone, false",
                "-, -, false", "digest, a:b, true", "digest, a, false", "digest, -, false", "ip, 10.0.0.0/8, true",
                "ip, 10.0.0.0/33, false", "ip, -, false", "auth, '', false", "auth, -, false", "super, '', false",
                "sasl, bob, false", "x509, CN=bob, false", "'', '', false", "World, anyone, false", "unknown, x, false"
            })
    void judgesEveryEntry(String scheme, String id, boolean valid) {
        Acl entry = new Acl(31, scheme, id);
        assertThat(rules.validated(List.of(entry), who)).isEqualTo(valid ? List.of(entry) : null);
        List<Acl> behindAnother = List.of(new Acl(1, "digest", "x:y"), entry);
        assertThat(rules.validated(behindAnother, who)).isEqualTo(valid ? behindAnother : null);
    }

    @Test
    void refusesAnEmptyList() {
        assertThat(rules.validated(null, who)).isNull();
        assertThat(rules.validated(List.of(), who)).isNull();
    }

    @Test
    void removesExactDuplicatesAndKeepsTheOrder() {
        Acl one = new Acl(1, "digest", "b:1");
        Acl two = new Acl(2, "digest", "b:1");
        Acl world = new Acl(1, "world", "anyone");
        assertThat(rules.validated(List.of(one, world, one, two, world), who)).containsExactly(one, world, two);
        assertThat(rules.validated(List.of(world, world), who)).containsExactly(world);
    }

    @Test
    void expandsAuthToEveryProvenIdentity() {
        who.add(new Identity("digest", "bob:h"));
        who.add(new Identity("super", ""));
        who.add(new Identity("sasl", "bob"));
        who.add(new Identity("digest", "amy:h"));
        assertThat(rules.validated(List.of(new Acl(5, "auth", "ignored"), Acl.READ_ONLY.get(0)), who))
                .containsExactly(new Acl(5, "digest", "bob:h"), new Acl(5, "digest", "amy:h"), Acl.READ_ONLY.get(0));
        assertThat(rules.validated(List.of(new Acl(5, "auth", null)), who)).hasSize(2);
    }

    @Test
    void duplicatesOfAnExpansionStay() {
        who.add(new Identity("digest", "bob:h"));
        Acl bob = new Acl(5, "digest", "bob:h");
        assertThat(rules.validated(List.of(bob, new Acl(5, "auth", "")), who)).containsExactly(bob, bob);
    }

    @Test
    void permissionsAreStoredAsGiven() {
        for (int perms : new int[] {0, -1, 64}) {
            List<Acl> acl = List.of(new Acl(perms, "world", "anyone"));
            assertThat(rules.validated(acl, who)).isEqualTo(acl);
        }
    }

    @Test
    void theResultIsTheCallersNoMore() {
        List<Acl> request = new ArrayList<>(List.of(new Acl(1, "ip", "1.2.3.4")));
        List<Acl> stored = rules.validated(request, who);
        request.clear();
        assertThat(stored).hasSize(1);
    }

    @Test
    void aDisabledSchemeIsUnknown() {
        AclRules withoutDigest =
                new AclRules(new AuthSchemes(new AuthOptions(false, null, "SHA1", false, false, null, List.of())));
        who.add(new Identity("digest", "bob:h"));
        assertThat(withoutDigest.validated(List.of(new Acl(1, "digest", "a:b")), who))
                .isNull();
        assertThat(withoutDigest.validated(List.of(new Acl(1, "auth", "")), who))
                .isNull();
    }
}
