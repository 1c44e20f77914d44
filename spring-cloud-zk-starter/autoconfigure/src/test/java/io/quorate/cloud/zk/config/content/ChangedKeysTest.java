package io.quorate.cloud.zk.config.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ChangedKeysTest {

    private static final ConfigContext CONTEXT = ConfigContext.of("config/orders", false);

    private static ContextContent content(long mzxid, String... nodes) {
        return ConfigFormat.KEY_VALUE.with("data", "").parse(CONTEXT, Nodes.of(mzxid, nodes));
    }

    @Test
    void addedRemovedAndChangedKeysAreSorted() {
        assertThat(ChangedKeys.between(
                        content(1, "/config/orders/same", "1", "/config/orders/z", "1", "/config/orders/gone", "1"),
                        content(2, "/config/orders/same", "1", "/config/orders/z", "2", "/config/orders/added", "1")))
                .containsExactly("added", "gone", "z");
    }

    @Test
    void anotherWriteOfTheSameValueIsNoChange() {
        assertThat(ChangedKeys.between(content(1, "/config/orders/a", "1"), content(9, "/config/orders/a", "1")))
                .isEmpty();
    }

    @Test
    void whatWasNeverReadHasNoKeys() {
        assertThat(ChangedKeys.between(null, content(1, "/config/orders/a", "1")))
                .containsExactly("a");
        assertThat(ChangedKeys.between(content(1, "/config/orders/a", "1"), null))
                .containsExactly("a");
        assertThat(ChangedKeys.between(null, null)).isEmpty();
    }
}
