package io.quorate.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.wire.Acl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client protocol 9.2. */
class AclCheckerTest {

    private final AclChecker checker = checkerWith(AuthOptions.DEFAULTS);
    private final ClientIdentities bob = ClientIdentities.ofAddress("10.1.2.3");

    AclCheckerTest() {
        bob.add(new Identity("digest", "bob:h"));
        bob.add(new Identity("sasl", "bob"));
    }

    private static AclChecker checkerWith(AuthOptions options) {
        return new AclChecker(options, new AuthSchemes(options));
    }

    /** Entries as {@code perms scheme id}, divided by plus signs. */
    private static List<Acl> acl(String entries) {
        List<Acl> acl = new ArrayList<>();
        for (String entry : entries.split("\\+")) {
            String[] parts = entry.strip().split(" ", 3);
            acl.add(new Acl(Integer.parseInt(parts[0]), parts[1], parts[2]));
        }
        return acl;
    }

    @ParameterizedTest
    @CsvSource({
        "31 world anyone, 1, true",
        "31 world anyone, 16, true",
        "1 world anyone, 2, false",
        "0 world anyone, 1, false",
        "31 world bob, 1, false",
        "-1 world anyone, 4, true",
        "1 world anyone, 17, true",
        "16 world anyone, 17, true",
        "8 world anyone, 17, false",
        "31 digest bob:h, 2, true",
        "31 digest bob:H, 2, false",
        "1 digest bob:h, 2, false",
        "31 digest amy:h, 2, false",
        "31 ip 10.0.0.0/8, 8, true",
        "31 ip 11.0.0.0/8, 8, false",
        "31 ip 10.1.2.3, 8, true",
        "31 sasl bob, 1, false",
        "31 x509 bob, 1, false",
        "31 super bob, 1, false",
        "31 auth '', 1, false",
        "2 digest bob:h + 1 world anyone, 1, true",
        "2 digest bob:h + 1 world anyone, 2, true",
        "2 digest bob:h + 1 world anyone, 4, false",
        "1 ip 11.0.0.1 + 1 digest amy:h + 1 digest bob:h, 1, true",
        "1 digest 10.1.2.3, 1, false",
        "1 ip bob:h, 1, false"
    })
    void followsTheList(String entries, int permission, boolean allowed) {
        assertThat(checker.allows(acl(entries), permission, bob)).isEqualTo(allowed);
    }

    @Test
    void noListIsNoRestriction() {
        assertThat(checker.allows(null, Acl.WRITE, ClientIdentities.none())).isTrue();
        assertThat(checker.allows(List.of(), Acl.WRITE, ClientIdentities.none()))
                .isTrue();
    }

    @Test
    void nobodyIsStillAnyone() {
        assertThat(checker.allows(Acl.OPEN, Acl.WRITE, ClientIdentities.none())).isTrue();
        assertThat(checker.allows(Acl.READ_ONLY, Acl.WRITE, ClientIdentities.none()))
                .isFalse();
        assertThat(checker.allows(acl("31 ip 0.0.0.0/0"), Acl.READ, ClientIdentities.none()))
                .isFalse();
    }

    @Test
    void superPassesEverything() {
        ClientIdentities who = ClientIdentities.of(List.of(new Identity("super", "")));
        assertThat(checker.allows(acl("0 world anyone"), Acl.ADMIN, who)).isTrue();
    }

    @Test
    void skippingPassesEverybody() {
        AclChecker skipping = checkerWith(new AuthOptions(true, null, "SHA1", true, false, null, List.of()));
        assertThat(skipping.allows(acl("0 world anyone"), Acl.ADMIN, ClientIdentities.none()))
                .isTrue();
    }

    @Test
    void aDisabledSchemeNeverMatches() {
        AclChecker withoutDigest = checkerWith(new AuthOptions(false, null, "SHA1", false, false, null, List.of()));
        assertThat(withoutDigest.allows(acl("31 digest bob:h"), Acl.READ, bob)).isFalse();
        assertThat(withoutDigest.allows(acl("31 ip 10.1.2.3"), Acl.READ, bob)).isTrue();
    }

    @Test
    void entriesWithoutAnIdMatchNobody() {
        assertThat(checker.allows(List.of(new Acl(31, "ip", null), new Acl(31, null, null)), Acl.READ, bob))
                .isFalse();
    }
}
