package io.quorate.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Client protocol 5.5. */
class NodeKindsTest {

    private static final NodeKinds PLAIN = new NodeKinds(false, false);
    private static final NodeKinds EXTENDED = new NodeKinds(true, false);
    private static final NodeKinds EMULATED = new NodeKinds(true, true);
    private static final long TTL = NodeKinds.ttlOwner(60_000);
    private static final long UNKNOWN_FEATURE = 0xff00_0100_0000_0001L;
    private static final long SESSION = 0x0100_0000_0000_0001L;
    private static final long NEGATIVE_SESSION = 0x9000_0000_0000_0005L;

    @Test
    void ttlOwnerIsHighByteAndMillis() {
        assertThat(TTL).isEqualTo(0xff00_0000_0000_ea60L);
        assertThat(NodeKinds.ttlOwner(NodeKinds.MAX_TTL)).isEqualTo(0xff00_00ff_ffff_ffffL);
        assertThat(EXTENDED.ttlMillis(NodeKinds.ttlOwner(NodeKinds.MAX_TTL))).isEqualTo(1_099_511_627_775L);
    }

    @Test
    void kinds() {
        for (NodeKinds kinds : new NodeKinds[] {PLAIN, EXTENDED, EMULATED}) {
            assertKind(kinds, NodeKinds.NO_OWNER, "persistent");
            assertKind(kinds, NodeKinds.CONTAINER_OWNER, "container");
            assertKind(kinds, SESSION, "ephemeral");
        }
        assertKind(PLAIN, TTL, "ephemeral");
        assertKind(EXTENDED, TTL, "ttl");
        assertKind(EMULATED, TTL, "ttl");
        assertKind(PLAIN, UNKNOWN_FEATURE, "ephemeral");
        assertKind(EXTENDED, UNKNOWN_FEATURE, "persistent");
        assertKind(PLAIN, NEGATIVE_SESSION, "ephemeral");
        assertKind(EXTENDED, NEGATIVE_SESSION, "ephemeral");
        assertKind(EMULATED, NEGATIVE_SESSION, "ttl");
        assertThat(EMULATED.ttlMillis(NEGATIVE_SESSION)).isEqualTo(5);
        assertThat(PLAIN.ttlMillis(TTL)).isZero();
    }

    private static void assertKind(NodeKinds kinds, long owner, String expected) {
        String kind = "persistent";
        if (kinds.isContainer(owner)) {
            kind = "container";
        }
        if (kinds.isTtl(owner)) {
            kind = "ttl";
        }
        if (kinds.isEphemeral(owner)) {
            kind = "ephemeral";
        }
        assertThat(kind).as("%s of %x", kinds, owner).isEqualTo(expected);
    }
}
