package io.quorate.cloud.zk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quorate.cloud.zk.ZkClientProperties;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.json.JsonParserFactory;

/** The metadata that development environments read has every property, as it is declared and as it is specified. */
final class MetadataTest {

    private static final String ROOT = "spring.cloud.zookeeper.";
    private static final String NONE = "none";

    /** What no record declares: the import writes it, and nobody can set it. */
    private static final String WRITTEN = ROOT + "config.property-source-contexts";

    private final Map<String, Map<String, Object>> described = new TreeMap<>();

    MetadataTest() throws IOException, URISyntaxException {
        URI classes = ZkClientProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        String metadata = Files.readString(Path.of(classes).resolve("META-INF/spring-configuration-metadata.json"));
        for (Object property :
                (List<?>) JsonParserFactory.getJsonParser().parseMap(metadata).get("properties")) {
            Map<String, Object> attributes = new TreeMap<>();
            ((Map<?, ?>) property).forEach((name, value) -> attributes.put(String.valueOf(name), value));
            described.put(String.valueOf(attributes.get("name")), attributes);
        }
    }

    private Map<String, String> describedDefaults() {
        return described.keySet().stream()
                .filter(name -> name.startsWith(ROOT) && !name.equals(WRITTEN))
                .collect(Collectors.toMap(name -> name, this::describedDefault, (a, b) -> a, TreeMap::new));
    }

    private String describedDefault(String name) {
        Object value = described.get(name).get("defaultValue");
        if (value == null) {
            return NONE;
        }
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    /** Those of all records that are bound, down to the last component. */
    private static Map<String, String> declaredDefaults() {
        Map<String, String> declared = new TreeMap<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.quorate.cloud.zk")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                        .map(JavaClass::reflect)
                        .forEach(type -> declare(
                                type.getAnnotation(ConfigurationProperties.class)
                                        .value(),
                                type,
                                declared));
        return declared;
    }

    private static void declare(String prefix, Class<?> type, Map<String, String> declared) {
        for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(parameter.getName());
            if (parameter.getType().isRecord()) {
                declare(name, parameter.getType(), declared);
            } else {
                DefaultValue value = parameter.getAnnotation(DefaultValue.class);
                declared.put(name, value == null || value.value().length == 0 ? NONE : String.join(",", value.value()));
            }
        }
    }

    @Test
    void everyComponentOfTheRecordsIsDescribedWithItsDefault() {
        Map<String, String> declared = declaredDefaults();
        assertThat(declared).hasSizeGreaterThan(80);
        assertThat(describedDefaults()).isEqualTo(declared);
    }

    @Test
    void everyPropertyOfTheSpecificationIsDescribedWithItsDefault() throws IOException {
        Map<String, String> specified = new TreeMap<>();
        for (String line : resource("specified-properties.txt").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("\\s+", 2);
                specified.put(ROOT + parts[0], parts[1]);
            }
        }
        Map<String, String> described = describedDefaults();
        described.keySet().retainAll(specified.keySet());
        assertThat(described).isEqualTo(specified);
        assertThat(this.described).containsKey(WRITTEN);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(MetadataTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyPropertyHasATypeAndSaysWhatItIsFor() {
        TreeSet<String> silent = described.values().stream()
                .filter(property -> property.get("type") == null
                        || property.get("description") == null
                        || String.valueOf(property.get("description")).isBlank())
                .map(property -> String.valueOf(property.get("name")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(silent).isEmpty();
    }
}
