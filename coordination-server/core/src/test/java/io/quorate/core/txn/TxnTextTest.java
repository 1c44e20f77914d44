package io.quorate.core.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import java.util.List;
import org.junit.jupiter.api.Test;

class TxnTextTest {

    private final TxnText text = new TxnText(false);

    @Test
    void saysWhatEachTransactionDoes() {
        assertThat(TxnCodecTest.TOP_LEVEL.stream().limit(16).map(text::of))
                .containsExactly(
                        "create /ü 3 bytes acl digest:u:h:cdrwa,world:anyone:r parentCversion 9 ephemeral",
                        "create2 /ü null acl digest:u:h:cdrwa,world:anyone:r parentCversion 0",
                        "create2 /ü 0 bytes acl  parentCversion -2147483648",
                        "createContainer /ü 3 bytes acl digest:u:h:cdrwa,world:anyone:r parentCversion 1",
                        "createTTL /ü null acl digest:u:h:cdrwa,world:anyone:r parentCversion 1 ttl 1099511627775ms",
                        "delete /ü",
                        "deleteContainer /ü",
                        "setData /ü 3 bytes version 8",
                        "setData /ü null version -1",
                        "error -101",
                        "reconfig /zookeeper/config 3 bytes version 3",
                        "setACL /ü acl digest:u:h:cdrwa,world:anyone:r aversion 2",
                        "createSession 30000ms",
                        "closeSession []",
                        "closeSession [/ü]",
                        "closeSession [/ü /b]");
        assertThat(text.of(new TxnBody.CloseSession(null))).isEqualTo("closeSession (without list)");
    }

    @Test
    void aMultiIsListed() {
        NodePath path = NodePath.of("/a");
        TxnBody multi = new TxnBody.Multi(List.of(new TxnBody.Check(path, 5), new TxnBody.Delete(path)));
        assertThat(text.of(multi)).isEqualTo("multi [check /a version 5; delete /a]");
    }

    @Test
    void dataIsWrittenOutOnlyWhenItIsAskedFor() {
        TxnBody set = new TxnBody.SetData(NodePath.of("/a"), new byte[] {1, 2, 3}, 0);
        assertThat(text.of(set)).isEqualTo("setData /a 3 bytes version 0");
        assertThat(new TxnText(true).of(set)).isEqualTo("setData /a base64:AQID version 0");
        assertThat(TxnText.acl(List.of(new Acl(0, "ip", "10.0.0.1")))).isEqualTo("ip:10.0.0.1:");
    }
}
