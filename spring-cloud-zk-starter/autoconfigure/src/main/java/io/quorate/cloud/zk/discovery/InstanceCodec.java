package io.quorate.cloud.zk.discovery;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;

/**
 * The JSON of an instance, as Curator's service discovery and Spring Cloud Zookeeper write and read it. Readers there
 * resolve the class that the payload names, so it is written exactly so; here it is never looked at, because whoever
 * may create a node could name any class. Stateless.
 */
public final class InstanceCodec {

    private static final String PAYLOAD_CLASS = "org.springframework.cloud.zookeeper.discovery.ZookeeperInstance";
    private static final JsonWriter<Map<String, @Nullable Object>> WRITER = JsonWriter.standard();
    private static final int MAX_PORT = 65_535;

    private InstanceCodec() {}

    public static byte[] encode(InstanceRecord instance) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        // Readers choose by it, so it comes first.
        payload.put("@class", PAYLOAD_CLASS);
        payload.put("id", instance.owner());
        payload.put("name", instance.name());
        payload.put("metadata", instance.metadata());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", instance.name());
        json.put("id", instance.id());
        json.put("address", instance.address());
        json.put("port", instance.port());
        json.put("sslPort", instance.sslPort());
        json.put("payload", payload);
        json.put("registrationTimeUTC", instance.registrationTimeUtc());
        json.put("serviceType", instance.serviceType());
        json.put("uriSpec", Map.of("parts", parts(instance.uriSpec())));
        return WRITER.writeToString(json).getBytes(StandardCharsets.UTF_8);
    }

    private static List<Map<String, Object>> parts(UriTemplate template) {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (UriTemplate.Part part : template.parts()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("value", part.value());
            json.put("variable", part.variable());
            parts.add(json);
        }
        return parts;
    }

    /** @throws MalformedInstanceException when a name, an id, an address or every port is missing, or it is not JSON */
    public static InstanceRecord decode(byte[] data) throws MalformedInstanceException {
        Map<?, ?> json = map(tree(data));
        if (json == null) {
            throw new MalformedInstanceException("it is no JSON object");
        }
        Map<?, ?> payload = map(json.get("payload"));
        Integer port = port(json, "port");
        Integer sslPort = port(json, "sslPort");
        if (port == null && sslPort == null) {
            throw new MalformedInstanceException("it has neither 'port' nor 'sslPort'");
        }
        String serviceType = text(json.get("serviceType"));
        return new InstanceRecord(
                required(json, "name"),
                required(json, "id"),
                required(json, "address"),
                port,
                sslPort,
                payload == null ? "" : orEmpty(text(payload.get("id"))),
                payload == null ? Map.of() : metadata(payload.get("metadata")),
                json.get("registrationTimeUTC") instanceof Long millis ? millis : null,
                serviceType == null ? InstanceRecord.DYNAMIC : serviceType,
                template(json.get("uriSpec")),
                !Boolean.FALSE.equals(json.get("enabled")));
    }

    private static @Nullable Object tree(byte[] data) throws MalformedInstanceException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
            return JsonTree.parse(text);
        } catch (CharacterCodingException notText) {
            throw new MalformedInstanceException("it is not UTF-8");
        } catch (IllegalArgumentException notJson) {
            throw new MalformedInstanceException("it is " + notJson.getMessage());
        }
    }

    private static @Nullable Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : null;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String string ? string : null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String required(Map<?, ?> json, String field) throws MalformedInstanceException {
        if (json.get(field) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new MalformedInstanceException("it has no '" + field + "'");
    }

    private static @Nullable Integer port(Map<?, ?> json, String field) throws MalformedInstanceException {
        Object value = json.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof Long number && number >= 0 && number <= MAX_PORT) {
            return number.intValue();
        }
        throw new MalformedInstanceException("its '" + field + "' is no port");
    }

    /** Foreign payloads may hold anything; what is text is kept. */
    private static Map<String, String> metadata(@Nullable Object value) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> {
                if (key instanceof String name && entry instanceof String text) {
                    metadata.put(name, text);
                }
            });
        }
        return metadata;
    }

    private static UriTemplate template(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> spec) || !(spec.get("parts") instanceof List<?> list)) {
            return UriTemplate.DEFAULT;
        }
        List<UriTemplate.Part> parts = new ArrayList<>();
        for (Object element : list) {
            if (element instanceof Map<?, ?> part && part.get("value") instanceof String text) {
                parts.add(new UriTemplate.Part(text, Boolean.TRUE.equals(part.get("variable"))));
            }
        }
        return parts.isEmpty() ? UriTemplate.DEFAULT : new UriTemplate(parts);
    }
}
