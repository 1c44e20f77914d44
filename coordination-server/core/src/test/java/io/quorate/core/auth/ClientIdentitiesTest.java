package io.quorate.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientIdentitiesTest {

    private static final int MAX = Limits.DEFAULTS.links().maxIdentities();
    private static final Identity BOB = new Identity("digest", "bob:x");

    @Test
    void startsWithTheAddress() {
        ClientIdentities who = ClientIdentities.ofAddress("10.0.0.1");
        assertThat(who.asList()).containsExactly(new Identity("ip", "10.0.0.1"));
        assertThat(who.isSuper()).isFalse();
        assertThat(ClientIdentities.none().asList()).isEmpty();
    }

    @Test
    void isASetInOrder() {
        ClientIdentities who = ClientIdentities.ofAddress("10.0.0.1");
        assertThat(who.add(BOB)).isTrue();
        assertThat(who.add(new Identity("digest", "amy:x"))).isTrue();
        assertThat(who.add(new Identity("digest", "bob:x"))).isTrue();
        assertThat(who.asList()).extracting(Identity::id).containsExactly("10.0.0.1", "bob:x", "amy:x");
        assertThat(who.has("digest")).isTrue();
        assertThat(who.has("super")).isFalse();
        assertThatThrownBy(() -> who.asList().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anyIdentityOfTheSuperSchemeMakesSuper() {
        ClientIdentities who = ClientIdentities.none();
        who.add(new Identity("digest", "super:x"));
        assertThat(who.isSuper()).isFalse();
        who.add(new Identity("super", "CN=admin"));
        who.add(BOB);
        assertThat(who.isSuper()).isTrue();
        assertThat(ClientIdentities.of(List.of(BOB, new Identity("super", ""))).isSuper())
                .isTrue();
        assertThat(ClientIdentities.of(List.of(BOB)).isSuper()).isFalse();
    }

    @Test
    void isBounded() {
        ClientIdentities who = ClientIdentities.none();
        for (int i = 0; i < MAX; i++) {
            assertThat(who.add(new Identity("digest", "u" + i))).isTrue();
        }
        assertThat(who.add(new Identity("digest", "one more"))).isFalse();
        assertThat(who.add(new Identity("digest", "u0"))).as("held already").isTrue();
        assertThat(who.asList()).hasSize(MAX);
        assertThat(who.hasOverflowed()).isTrue();
        assertThat(ClientIdentities.none().hasOverflowed()).isFalse();
    }

    @Test
    void whatAPeerHasAdmittedIsNotDroppedHere() {
        List<Identity> many = new ArrayList<>();
        for (int i = 0; i <= MAX; i++) {
            many.add(new Identity("digest", "u" + i));
        }
        assertThat(ClientIdentities.of(many).asList()).isEqualTo(many);
    }

    @Test
    void isBoundedInLengthToo() {
        ClientIdentities who = ClientIdentities.none();
        String half = "u".repeat(Limits.DEFAULTS.links().maxIdentityChars() / 2);
        assertThat(who.add(new Identity("digest", half))).isTrue();
        assertThat(who.add(new Identity("digest", half + "u"))).isFalse();
        assertThat(who.copy().add(new Identity("digest", half + "u"))).isFalse();
        assertThat(who.add(BOB)).isTrue();
    }

    @Test
    void aCopyGrowsByItself() {
        ClientIdentities who = ClientIdentities.none();
        who.add(new Identity("super", ""));
        ClientIdentities copy = who.copy();
        copy.add(BOB);
        assertThat(who.asList()).hasSize(1);
        assertThat(copy.asList()).hasSize(2);
        assertThat(copy.isSuper()).isTrue();
    }
}
