package io.quorate.cloud.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AclRuleTest {

    @Test
    void namesStandForTheUsualLists() {
        assertThat(AclRule.of(List.of("open")).getDefaultAcl()).isEqualTo(ZooDefs.Ids.OPEN_ACL_UNSAFE);
        assertThat(AclRule.of(List.of("creator-all")).getAclForPath("/a")).isEqualTo(ZooDefs.Ids.CREATOR_ALL_ACL);
    }

    @Test
    void entriesMayHaveColonsInTheirIds() {
        assertThat(AclRule.of(List.of("digest:bob:aGFzaA==:rw", "world:anyone:r"))
                        .getDefaultAcl())
                .containsExactly(
                        new ACL(ZooDefs.Perms.READ | ZooDefs.Perms.WRITE, new Id("digest", "bob:aGFzaA==")),
                        new ACL(ZooDefs.Perms.READ, new Id("world", "anyone")));
    }

    @Test
    void everyLetterIsItsPermission() {
        assertThat(AclRule.of(List.of("world:anyone:cdrwa")).getDefaultAcl())
                .containsExactly(new ACL(ZooDefs.Perms.ALL, new Id("world", "anyone")));
        assertThat(AclRule.of(List.of("world:anyone:da")).getDefaultAcl())
                .containsExactly(new ACL(ZooDefs.Perms.DELETE | ZooDefs.Perms.ADMIN, new Id("world", "anyone")));
    }

    /** The client looks for null in it before it sends it. */
    @Test
    void aListMayBeAskedForNull() {
        assertThat(AclRule.of(List.of("open")).getDefaultAcl().contains(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"opened", "world:anyone", "world:anyone:", ":anyone:r", "world:anyone:rx"})
    void whatIsNoEntryIsRefusedByName(String entry) {
        assertThatThrownBy(() -> AclRule.of(List.of(entry)))
                .hasMessageContaining("spring.cloud.zookeeper.acl")
                .hasMessageContaining(entry);
    }
}
