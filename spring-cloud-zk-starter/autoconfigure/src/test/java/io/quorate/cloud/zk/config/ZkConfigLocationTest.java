package io.quorate.cloud.zk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ZkConfigLocationTest {

    private static ZkConfigLocation parse(String value) {
        return ZkConfigLocation.parse("zookeeper:" + value, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "///"})
    void nothingMeansConfiguredServersAndComputedContexts(String value) {
        assertThat(parse(value).servers()).isEmpty();
        assertThat(parse(value).contexts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "host:2182 host:2182",
                "host host:2181",
                "//host:2182 host:2182",
                "host:2182/ host:2182",
                "a:1|b|c:65535 a:1,b:2181,c:65535",
                "a:1,b:2 a:1,b:2",
                "[::1]:2182 [::1]:2182",
                "[::1] [::1]:2181",
                "127.0.0.1:2181|[fe80::1]:9 127.0.0.1:2181,[fe80::1]:9"
            })
    void servers(String value, String connectString) {
        assertThat(parse(value).servers()).contains(connectString);
        assertThat(parse(value).contexts()).isEmpty();
    }

    @Test
    void contextsAreVerbatimAndInOrder() {
        ZkConfigLocation location = parse("h1|h2:9/shared;/config/orders,dev;plain");
        assertThat(location.servers()).contains("h1:2181,h2:9");
        assertThat(location.contexts()).containsExactly("/shared", "/config/orders,dev", "/plain");
    }

    @Test
    void contextsNeedNoServers() {
        assertThat(parse("/one;/two").servers()).isEmpty();
        assertThat(parse("/one;/two").contexts()).containsExactly("/one", "/two");
        assertThat(parse("///one").contexts()).containsExactly("/one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:",
                "host:0",
                "host:65536",
                "host:port",
                "host:1:2",
                ":2181",
                "a|",
                "|a",
                "a b:1",
                "[::1",
                "[::1]x",
                "user@host:1",
                "a;b"
            })
    void badServersAreRefused(String value) {
        assertThatThrownBy(() -> parse(value))
                .isInstanceOf(MalformedImportException.class)
                .hasMessageContaining("zookeeper:" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h/a;", "h/a;;/b", "h/;/b", "h/a//b"})
    void emptyContextsAreRefused(String value) {
        assertThatThrownBy(() -> parse(value)).isInstanceOf(MalformedImportException.class);
    }
}
