package io.quorate.cloud.zk.config.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.origin.OriginTrackedValue;

final class KeyValueFormatTest {

    private static final ConfigContext CONTEXT = ConfigContext.of("config/orders", false);

    private static ContextContent parse(String prefix, String... nodes) {
        return ConfigFormat.KEY_VALUE.with("data", prefix).parse(CONTEXT, Nodes.of(7, nodes));
    }

    static Map<String, String> values(ContextContent content) {
        Map<String, String> values = new TreeMap<>();
        content.parts()
                .forEach(part -> part.properties().forEach((key, value) -> values.put(key, String.valueOf(value))));
        return values;
    }

    @Test
    void theKeyIsThePathBelowTheContext() {
        ContextContent content =
                parse("", "/config/orders", "ignored", "/config/orders/a/b", "1", "/config/orders/c.d", "é");
        assertThat(values(content)).containsExactlyInAnyOrderEntriesOf(Map.of("a.b", "1", "c.d", "é"));
        assertThat(content.parts())
                .singleElement()
                .extracting(ContextContent.Part::name)
                .isEqualTo("config/orders");
        assertThat(content.warnings()).isEmpty();
    }

    @Test
    void anEmptyLeafIsAnEmptyValueAndAnEmptyParentIsNone() {
        assertThat(values(parse("", "/config/orders/a", "", "/config/orders/b", "", "/config/orders/b/c", "1")))
                .isEqualTo(Map.of("a", "", "b.c", "1"));
    }

    @Test
    void aNodeWithDataAndChildrenIsAPropertyToo() {
        assertThat(values(parse("", "/config/orders/b", "2", "/config/orders/b/c", "1")))
                .isEqualTo(Map.of("b", "2", "b.c", "1"));
    }

    @Test
    void ofTwoNodesWithOneKeyTheLastPathWinsAndBothAreNamed() {
        ContextContent content = parse("", "/config/orders/a/b", "slash", "/config/orders/a.b", "dot");
        assertThat(values(content)).isEqualTo(Map.of("a.b", "slash"));
        assertThat(content.warnings())
                .singleElement()
                .asString()
                .contains("/config/orders/a.b", "/config/orders/a/b", "'a.b'")
                .doesNotContain("dot", "'slash'");
    }

    @Test
    void thePrefixStandsBeforeEveryKey() {
        assertThat(values(parse("zk.", "/config/orders/a", "1"))).isEqualTo(Map.of("zk.a", "1"));
    }

    @Test
    void aMissingContextIsAnEmptySource() {
        ContextContent content = ConfigFormat.KEY_VALUE.with("data", "").parse(CONTEXT, ConfigSnapshot.empty());
        assertThat(content.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.properties()).isEmpty());
    }

    @Test
    void aValueKnowsItsNodeAndDoesNotTellItself() {
        ContextContent content = parse("", "/config/orders/a", "secret");
        Object value = content.parts().get(0).properties().get("a");
        assertThat(((OriginTrackedValue) value).getOrigin()).hasToString("znode /config/orders/a (mzxid 0x7)");
        assertThat(content.toString()).doesNotContain("secret");
    }
}
