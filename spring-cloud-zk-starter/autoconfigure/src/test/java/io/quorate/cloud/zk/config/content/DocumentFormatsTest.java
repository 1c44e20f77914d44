package io.quorate.cloud.zk.config.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
