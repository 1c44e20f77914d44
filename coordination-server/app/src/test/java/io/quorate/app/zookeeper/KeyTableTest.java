package io.quorate.app.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.app.zookeeper.KeyRule.Meaning;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class KeyTableTest {

    private final KeyTable table = KeyTable.load();

    @Test
    void everyTwinIsAPropertyThatTheMetadataDescribe() throws IOException {
        List<String> described = describedProperties();
        List<String> twins = table.rules().stream()
                .filter(rule -> rule.meaning() == Meaning.TWIN)
                .map(rule -> rule.detail().replace("[*]", ""))
                .distinct()
                .toList();

        assertThat(twins).hasSizeGreaterThan(40).isSubsetOf(described);
        assertThat(described)
                .contains("coordination.zoo-cfg", "coordination.max-cnxn-output-bytes", "coordination.max-watches");
    }

    @Test
    void everyPropertyIsDescribedInWords() throws IOException {
        try (InputStream metadata = metadata()) {
            for (var property : new JsonMapper().readTree(metadata).get("properties")) {
                assertThat(property.path("description").asString(""))
                        .as(property.get("name").asString())
                        .isNotBlank();
            }
        }
    }

    private static List<String> describedProperties() throws IOException {
        try (InputStream metadata = metadata()) {
            return new JsonMapper()
                    .readTree(metadata)
                    .get("properties")
                    .valueStream()
                    .map(property -> property.get("name").asString())
                    .toList();
        }
    }

    private static InputStream metadata() {
        return Objects.requireNonNull(
                KeyTableTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"));
    }

    @Test
    void aSingleKeyComesBeforeItsFamily() {
        assertThat(Objects.requireNonNull(table.find("nio.sessionlessCnxnTimeout"))
                        .meaning())
                .isEqualTo(Meaning.TWIN);
        assertThat(Objects.requireNonNull(table.find("nio.numSelectorThreads")).meaning())
                .isEqualTo(Meaning.INERT);
        assertThat(table.find("nio")).isNull();
    }

    @Test
    void explanationsAreThere() {
        assertThat(table.rules()).allSatisfy(rule -> assertThat(rule.detail()).isNotBlank());
    }
}
