package io.quorate.cloud.zk.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InstanceCodecTest {

    private static final InstanceRecord PLAIN = new InstanceRecord(
            "orders",
            "5b0f-c1",
            "host-1",
            8040,
            null,
            "orders-1",
            Map.of("instance_status", "UP", "quoted", "a\"b\\c\n{ü}"),
            1553592092875L,
            "DYNAMIC",
            UriTemplate.DEFAULT,
            true);

    private static InstanceRecord decoded(String json) throws MalformedInstanceException {
        return InstanceCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        assertThat(InstanceCodec.decode(InstanceCodec.encode(PLAIN))).isEqualTo(PLAIN);
    }

    @Test
    void theClassComesFirstInThePayload() {
        assertThat(new String(InstanceCodec.encode(PLAIN), StandardCharsets.UTF_8))
                .startsWith("{\"name\":\"orders\",\"id\":\"5b0f-c1\",\"address\":\"host-1\",\"port\":8040,"
                        + "\"sslPort\":null,\"payload\":{\"@class\":"
                        + "\"org.springframework.cloud.zookeeper.discovery.ZookeeperInstance\",\"id\":\"orders-1\","
                        + "\"name\":\"orders\",\"metadata\":{");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UP | true",
                "up | true",
                "' ' | true",
                "OUT_OF_SERVICE | false",
                "STARTING | false",
            })
    void onlyUpIsUp(String status, boolean up) {
        assertThat(PLAIN.withMetadata(Map.of("instance_status", status)).up()).isEqualTo(up);
        assertThat(PLAIN.withMetadata(Map.of()).up()).isTrue();
    }

    @Test
    void aForeignPayloadIsNotResolved() throws Exception {
        InstanceRecord instance = decoded("""
                {"payload":{"@class":"com.evil.Gadget","metadata":{"zone":"a","n":1,"list":[]}},"enabled":false,
                "id":"i","name":"n","address":"h","sslPort":8443}""");
        assertThat(instance.metadata()).isEqualTo(Map.of("zone", "a"));
        assertThat(instance.up()).isFalse();
        assertThat(instance.secure()).isTrue();
        assertThat(instance.effectivePort()).isEqualTo(8443);
        assertThat(instance.uri()).isEqualTo("https://h:8443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "7",
                "{}",
                "garbage",
                "{\"id\":\"i\",\"address\":\"h\",\"port\":1}",
                "{\"name\":\"n\",\"address\":\"h\",\"port\":1}",
                "{\"name\":\"n\",\"id\":\"i\",\"address\":null,\"port\":1}",
                "{\"name\":\"n\",\"id\":\"i\",\"address\":\"h\",\"port\":null,\"sslPort\":null}",
                "{\"name\":\"n\",\"id\":\"i\",\"address\":\"h\",\"port\":70000}",
                "{\"name\":\"n\",\"id\":\"i\",\"address\":\"h\",\"port\":\"80\"}"
            })
    void whatIsNoInstanceIsRefused(String json) {
        assertThatThrownBy(() -> decoded(json)).isInstanceOf(MalformedInstanceException.class);
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThatThrownBy(() -> InstanceCodec.decode(new byte[] {(byte) 0xff, 0}))
                .isInstanceOf(MalformedInstanceException.class)
                .hasMessageContaining("UTF-8");
    }
}
