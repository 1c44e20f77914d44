package io.quorate.cloud.zk.config.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

final class DocumentFormatsTest {

    private static final ConfigContext CONTEXT = ConfigContext.of("config/orders,dev", true);

    private static Map<String, String> values(ContextContent content) {
        return KeyValueFormatTest.values(content);
    }

    @Test
    void aYamlDocumentBindsLikeALocalFile() {
        ContextContent content = ConfigFormat.YAML
                .with("data", "")
                .parse(CONTEXT, Nodes.of(1, "/config/orders,dev/data", "app:\n  list: [a, b]\n  limit: 3\n"));
        assertThat(values(content)).isEqualTo(Map.of("app.list[0]", "a", "app.list[1]", "b", "app.limit", "3"));
    }

    @Test
    void everythingThatYamlHasIsReadAsBootReadsIt() throws IOException {
        String text = """
                # a comment
                plain: text
                number: 017
                date: 2001-12-14
                switch: on
                nothing:
                tilde: ~
                quoted: "a: b"
                folded: >
                  two
                  lines
                deep.er: {a: 1, "b c": 2, "[odd/key]": 3, 7: seven}
                list: [1, [2, 3], {x: y}]
                empty: {list: [], map: {}}
                base: &base {one: 1, two: 2}
                merged:
                  <<: *base
                  two: 3
                ---
                ---
                - first
                - second
                ---
                just text
                """;
        ContextContent ours =
                ConfigFormat.YAML.with("data", "").parse(CONTEXT, Nodes.of(1, "/config/orders,dev/data", text));
        List<PropertySource<?>> boots = new YamlPropertySourceLoader()
                .load("boot", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(ours.parts()).hasSameSizeAs(boots);
        for (int i = 0; i < boots.size(); i++) {
            Map<String, Object> part = ours.parts().get(i).properties();
            EnumerablePropertySource<?> boot = (EnumerablePropertySource<?>) boots.get(i);
            assertThat(part).containsOnlyKeys(boot.getPropertyNames());
            for (String key : boot.getPropertyNames()) {
                Object value = part.get(key) instanceof OriginTrackedValue tracked ? tracked.getValue() : part.get(key);
                assertThat(value).as(key).isEqualTo(boot.getProperty(key));
            }
        }
        assertThat(String.valueOf(OriginTrackedValue.class
                        .cast(ours.parts().get(0).properties().get("plain"))
                        .getOrigin()))
                .contains("/config/orders,dev/data")
                .endsWith("2:8");
    }

    @Test
    void aDocumentThatHoldsItselfIsMalformed() {
        ContextFormat format = ConfigFormat.YAML.with("data", "");
        ConfigSnapshot snapshot = Nodes.of(1, "/config/orders,dev/data", "a: &a [*a]\n");
        assertThatThrownBy(() -> format.parse(CONTEXT, snapshot)).isInstanceOf(MalformedConfigException.class);
    }

    @Test
    void aConditionIsPartOfTheNameOfItsDocument() {
        ContextContent content = ConfigFormat.YAML
                .with("data", "")
                .parse(
                        CONTEXT,
                        Nodes.of(
                                1,
                                "/config/orders,dev/data",
                                "a: 1\n---\nspring.config.activate:\n  on-profile: [x, y]\nb: 1\n"));
        assertThat(content.parts())
                .extracting(ContextContent.Part::name)
                .containsExactly(
                        "config/orders,dev", "config/orders,dev (document #1) if {on-profile[0]=x, on-profile[1]=y}");
    }

    @Test
    void aPropertiesDocumentStandsInTheChildOfTheDataKey() {
        ContextFormat format = ConfigFormat.PROPERTIES.with("text", "p.");
        assertThat(format.selection(CONTEXT).roots()).containsExactly("/config/orders,dev/text");
        assertThat(values(format.parse(CONTEXT, Nodes.of(1, "/config/orders,dev/text", "a=1\nb.c=2\n"))))
                .isEqualTo(Map.of("p.a", "1", "p.b.c", "2"));
    }

    @Test
    void documentsInsideADocumentKeepTheNameOfTheFirst() {
        ContextContent content = ConfigFormat.YAML
                .with("data", "")
                .parse(CONTEXT, Nodes.of(1, "/config/orders,dev/data", "a: 1\n---\na: 2\n"));
        assertThat(content.parts())
                .extracting(ContextContent.Part::name)
                .containsExactly("config/orders,dev", "config/orders,dev (document #1)");
        assertThat(values(content)).isEqualTo(Map.of("a", "2"));
    }

    @Test
    void filesLieBesideTheContextAndPropertiesWin() {
        ContextFormat format = ConfigFormat.FILES.with("data", "");
        assertThat(format.selection(CONTEXT))
                .isEqualTo(new NodeSelection(
                        List.of("/config/orders,dev.yaml", "/config/orders,dev.yml", "/config/orders,dev.properties"),
                        false));
        ContextContent content = format.parse(
                CONTEXT, Nodes.of(1, "/config/orders,dev.yml", "a: 1\nb: 1", "/config/orders,dev.properties", "b=2"));
        assertThat(content.parts())
                .extracting(ContextContent.Part::name)
                .containsExactly("config/orders,dev.yaml", "config/orders,dev.yml", "config/orders,dev.properties");
        assertThat(values(content)).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void missingAndEmptyDocumentsAreEmptySources() {
        for (ConfigFormat format : List.of(ConfigFormat.YAML, ConfigFormat.PROPERTIES)) {
            ContextFormat documents = format.with("data", "");
            assertThat(documents.parse(CONTEXT, ConfigSnapshot.empty()).parts()).hasSize(1);
            assertThat(documents
                            .parse(CONTEXT, Nodes.of(1, "/config/orders,dev/data", ""))
                            .parts())
                    .hasSize(1);
        }
    }

    @Test
    void aMalformedDocumentIsNamedWithItsPlaceButNotQuoted() {
        ContextFormat format = ConfigFormat.YAML.with("data", "");
        ConfigSnapshot snapshot = Nodes.of(1, "/config/orders,dev/data", "ok: 1\nkey: [secret, hidden\n");
        assertThatThrownBy(() -> format.parse(CONTEXT, snapshot))
                .isInstanceOf(MalformedConfigException.class)
                .hasMessageContaining("/config/orders,dev/data")
                .hasMessageContaining("line ")
                .hasNoCause()
                .message()
                .doesNotContain("secret", "hidden");
    }
}
