package io.quorate.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** The digest sequence of quorum protocol, appendix A. */
class TreeDigestTest {

    private static final NodePath A = NodePath.of("/a");
    private static final long TIME = 1_700_000_000_000L;

    private final DataTree tree = Trees.fresh();

    @Test
    void emptyTree() {
        assertThat(digestOf("/")).isEqualTo(68_323_592L);
        assertThat(digestOf("/zookeeper")).isEqualTo(1_303_661_912L);
        assertThat(tree.digest()).isEqualTo(1_371_985_504L);
    }

    @Test
    void sequenceOfTheSpecification() {
        tree.create(A, Trees.bytes("x"), Acl.OPEN, 0, 1, new TxnStamp(0x100000001L, TIME), new ArrayList<>());
        assertThat(digestOf("/")).isEqualTo(2_976_110_387L);
        assertThat(digestOf("/a")).isEqualTo(3_260_180_381L);
        assertThat(tree.digest()).isEqualTo(7_539_952_680L).isEqualTo(0x1C16A8C28L);

        tree.setData(A, Trees.bytes("yy"), 1, new TxnStamp(0x100000002L, TIME + 1), new ArrayList<>());
        assertThat(digestOf("/a")).isEqualTo(2_902_070_330L);
        assertThat(tree.digest()).isEqualTo(7_181_842_629L);

        tree.delete(A, new TxnStamp(0x100000003L, TIME + 2), new ArrayList<>());
        assertThat(tree.digest()).isEqualTo(3_114_749_092L);
    }

    @Test
    void rootIsTheEmptyPathEitherWay() {
        StoredStat stat = StoredStat.ZERO;
        assertThat(TreeDigest.of(NodePath.of(""), new byte[0], stat)).isEqualTo(68_323_592L);
        assertThat(TreeDigest.of(NodePath.ROOT, new byte[0], stat)).isEqualTo(68_323_592L);
    }

    @Test
    void nullDataAddsNothingAndSystemNodesAreLeftOut() {
        StoredStat stat = StoredStat.created(7, 8, 9);
        assertThat(TreeDigest.of(A, null, stat)).isEqualTo(TreeDigest.of(A, new byte[0], stat));
        assertThat(TreeDigest.of(NodePath.of("/zookeeper/quota"), Trees.bytes("x"), stat))
                .isZero();
        assertThat(TreeDigest.of(NodePath.of("/zookeeperx"), Trees.bytes("x"), stat))
                .isNotZero();
    }

    private long digestOf(String path) {
        ZNode node = tree.find(NodePath.of(path));
        assertThat(node).isNotNull();
        long digest = TreeDigest.of(NodePath.of(path), node);
        assertThat(digest).isEqualTo(TreeDigest.of(NodePath.of(path), node.data(), node.stat()));
        return digest;
    }
}
