package io.quorate.cloud.zk.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.curator.utils.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNameTest {

    @ParameterizedTest
    @CsvSource({
        "billing,billing",
        "orders/eu,orders%2Feu",
        "100%,100%25",
        ".,%2E",
        "..,%2E.",
        "zookeeper,%7Aookeeper",
        "zookeeper2,zookeeper2",
        "...,...",
        "größe,größe"
    })
    void encodes(String name, String encoded) {
        assertThat(NodeName.encode(name)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u0000", "\u009f", "\ue000", "\ufff0", "\ud83d\ude00", ".", "..", "/", "a//b"})
    void makesNamesThatTheClientTakes(String name) {
        String encoded = NodeName.encode(name);

        PathUtils.validatePath("/locks/" + encoded);
        assertThat(encoded).isNotEqualTo(name).doesNotContain("/");
    }

    @Test
    void refusesWhatCannotBeEncoded() {
        assertThatIllegalArgumentException().isThrownBy(() -> NodeName.encode(""));
        assertThatIllegalArgumentException().isThrownBy(() -> NodeName.encode("a\ud83d"));
    }
}
