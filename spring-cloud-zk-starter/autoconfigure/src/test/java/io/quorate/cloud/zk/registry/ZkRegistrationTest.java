package io.quorate.cloud.zk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be registered. */
final class ZkRegistrationTest {

    private static ZkRegistration.Builder builder() {
        return ZkRegistration.builder().serviceName("orders").instanceId("o-1").address("host-1");
    }

    @Test
    void whatCannotBeThePathOfANodeIsRefusedAtOnce() {
        for (String id : new String[] {"a\u0000b", "a\u0007b", "..", "\ud800"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().instanceId(id).build())
                    .withMessageContaining("The id of an instance is part of a path");
        }
        for (String name : new String[] {"/", "a\u0007b", "a/../b"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().serviceName(name).build())
                    .withMessageContaining("The name of a service is part of a path");
        }
        assertThat(builder().serviceName("/team//orders/").instanceId("a b:%2F").build())
                .hasToString("/team//orders//a b:%2F at host-1");
    }

    @Test
    void nothingIsRefusedLaterThatCannotBeWritten() {
        ZkRegistration registration = builder().port(1).build();
        assertThatIllegalArgumentException().isThrownBy(() -> registration.setStatus(" "));
        Map<String, String> nullValue = Collections.singletonMap("zone", null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registration.setMetadata(nullValue))
                .withMessageContaining("zone");
        Map<String, String> nullKey = Collections.singletonMap(null, "a");
        assertThatIllegalArgumentException().isThrownBy(() -> registration.setMetadata(nullKey));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().metadata(nullKey).build());
        assertThat(builder().status("").build().status()).isEqualTo("UP");
        assertThat(registration.status()).isEqualTo("UP");
        assertThat(registration.getMetadata()).containsOnlyKeys("instance_status");
    }

    @Test
    void aServerThatIsStartedAgainChangesOnlyPortsThatNobodyHasSet() {
        ZkRegistration found = builder().build();
        assertThat(found.bind(8080, true)).isTrue();
        assertThat(found.bind(8081, false)).isTrue();
        assertThat(found.toRecord().port()).isEqualTo(8081);
        assertThat(found.isSecure()).isFalse();
        found.unbind();
        assertThat(found.isBound()).isFalse();
        ZkRegistration given = builder().port(80).sslPort(443).build();
        assertThat(given.bind(8081, true)).isFalse();
        given.unbind();
        assertThat(given.toRecord().port()).isEqualTo(80);
        assertThat(given.toRecord().sslPort()).isEqualTo(443);
    }
}
