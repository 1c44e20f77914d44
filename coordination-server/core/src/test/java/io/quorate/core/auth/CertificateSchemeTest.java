package io.quorate.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.Limits;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol 9.4, of x509. */
class CertificateSchemeTest {

    private static final String ALICE = "CN=alice,O=Quorate";
    private static final AuthOptions OPTIONS = new AuthOptions(false, null, "SHA1", true, true, "CN=admin", List.of());
    private static final AuthSchemes SCHEMES = new AuthSchemes(OPTIONS);
    private static final Authenticator AUTHENTICATOR = new Authenticator(SCHEMES);

    private static ClientIdentities clientWith(String subject) {
        return AUTHENTICATOR.identify(new ClientOrigin("10.1.2.3", subject), Limits.DEFAULTS);
    }

    private static Acl acl(String subject) {
        return new Acl(Acl.ALL, "x509", subject);
    }

    @Test
    void theSubjectIsAnIdentityBesideTheAddress() {
        assertThat(clientWith(ALICE).asList())
                .containsExactly(new Identity("ip", "10.1.2.3"), new Identity("x509", ALICE));
        assertThat(clientWith(null).asList()).containsExactly(new Identity("ip", "10.1.2.3"));
    }

    @Test
    void listsNameSubjectsAsTheyStand() {
        AclChecker checker = new AclChecker(OPTIONS, SCHEMES);
        assertThat(checker.allows(List.of(acl(ALICE)), Acl.READ, clientWith(ALICE)))
                .isTrue();
        assertThat(checker.allows(List.of(acl("CN=alice, O=Quorate")), Acl.READ, clientWith(ALICE)))
                .isFalse();
        assertThat(checker.allows(List.of(acl(ALICE)), Acl.READ, clientWith("CN=bob,O=Quorate")))
                .isFalse();
        assertThat(checker.allows(List.of(acl(ALICE)), Acl.READ, clientWith(null)))
                .isFalse();
    }

    @Test
    void oneSubjectMayBeTheSuperUser() {
        assertThat(clientWith("CN=admin").isSuper()).isTrue();
        assertThat(clientWith("CN=admin").asList())
                .contains(new Identity("super", "CN=admin"), new Identity("x509", "CN=admin"));
        assertThat(clientWith(ALICE).isSuper()).isFalse();
    }

    @Test
    void authInAListStandsForTheSubject() {
        assertThat(new AclRules(SCHEMES).validated(List.of(new Acl(Acl.ALL, "auth", "")), clientWith(ALICE)))
                .containsExactly(acl(ALICE));
        assertThat(new AclRules(SCHEMES).validated(List.of(new Acl(Acl.ALL, "auth", "")), clientWith(null)))
                .isNull();
    }

    @Test
    void namesThatAreNoneAreNotStored() {
        AclRules rules = new AclRules(SCHEMES);
        assertThat(rules.validated(List.of(acl(ALICE)), clientWith(null))).containsExactly(acl(ALICE));
        assertThat(rules.validated(List.of(acl("alice")), clientWith(null))).isNull();
    }

    /** Java reads such a name, of a megabyte, in ten seconds. */
    @Test
    void namesThatTakeTooLongToReadAreNotStored() {
        AclRules rules = new AclRules(SCHEMES);
        String quoted = "CN=\"" + ",".repeat(CertificateScheme.LONGEST_NAME - 5) + "\"";
        assertThat(rules.validated(List.of(acl(quoted)), clientWith(null))).isNotNull();
        assertThat(rules.validated(List.of(acl(quoted + " ")), clientWith(null)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CN=bob,O=Quorate"})
    void whoHasShownACertificateNeedsNoPacketAndWhoHasNotGetsNothingByOne(String claim) {
        ClientIdentities alice = clientWith(ALICE);
        assertThat(AUTHENTICATOR.authenticate("x509", claim.getBytes(), alice)).isEqualTo(ErrorCode.OK);
        assertThat(alice.asList()).containsExactly(new Identity("ip", "10.1.2.3"), new Identity("x509", ALICE));
        ClientIdentities nobody = clientWith(null);
        assertThat(AUTHENTICATOR.authenticate("x509", claim.getBytes(), nobody)).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(nobody.has("x509")).isFalse();
    }

    @Test
    void whoAmIShowsTheWholeSubject() {
        assertThat(new WhoAmI(SCHEMES).users(clientWith(ALICE))).contains(new Identity("x509", ALICE));
    }

    @Test
    void itCanBeDemanded() {
        AuthOptions demanding = new AuthOptions(false, null, "SHA1", true, true, null, List.of("x509"));
        EnforcedSchemes enforced = new EnforcedSchemes(demanding, new AuthSchemes(demanding));
        assertThat(enforced.satisfiedBy(clientWith(ALICE))).isTrue();
        assertThat(enforced.satisfiedBy(clientWith(null))).isFalse();
    }
}
