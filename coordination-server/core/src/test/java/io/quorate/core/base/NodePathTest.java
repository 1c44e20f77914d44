package io.quorate.core.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePathTest {

    @ParameterizedTest
    @CsvSource({"/a,/", "/a/b,/a", "/a/b/c,/a/b", "/,/", "/a/,/a", "//a,/", "a/b,a", "/ü/x,/ü"})
    void parentIsEverythingBeforeTheLastSlash(String path, String parent) {
        assertThat(NodePath.of(path).parent()).hasToString(parent);
    }

    @Test
    void aPathWithoutASlashHasNoParent() {
        assertThat(NodePath.of("a").lastSlash()).isEqualTo(-1);
        assertThatThrownBy(() -> NodePath.of("a").parent()).isInstanceOf(InvariantViolation.class);
    }

    @ParameterizedTest
    @CsvSource({"/,a,/a", "/a,b,/a/b", "/ü,ö,/ü/ö"})
    void childIsJoinedByOneSlash(String path, String name, String child) {
        assertThat(NodePath.of(path).child(name.getBytes(StandardCharsets.UTF_8)))
                .hasToString(child);
    }

    @Test
    void suffixesAreAppendedAsTheyAre() {
        assertThat(NodePath.of("/q/").append("0000000000")).hasToString("/q/0000000000");
        assertThat(NodePath.of("/q/n-").append("-2147483648")).hasToString("/q/n--2147483648");
    }

    @ParameterizedTest
    @CsvSource({
        "/a,/a,true",
        "/a/b,/a,true",
        "/ab,/a,false",
        "/a,/a/b,false",
        "/a,/,true",
        "/,/,true",
        "a,/,false",
        "/b,/a,false",
        "/a/b/c,/a,true"
    })
    void atOrBelowGoesByComponents(String path, String other, boolean expected) {
        assertThat(NodePath.of(path).isAtOrBelow(NodePath.of(other))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/ab,/a,true", "/a,/ab,false", "/a,/a,true", "/a,'',true", "/b,/a,false"})
    void prefixGoesByText(String path, String prefix, boolean expected) {
        assertThat(NodePath.of(path).startsWith(NodePath.of(prefix))).isEqualTo(expected);
    }

    @Test
    void malformedUtf8IsKeptAsReplacementCharacters() {
        NodePath path = NodePath.ofUtf8(new byte[] {'/', (byte) 0xff, 'x'});
        assertThat(path).hasToString("/\ufffdx").isEqualTo(NodePath.of("/\ufffdx"));
        assertThat(path.utf8()).isEqualTo("/\ufffdx".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void equalityAndHashGoByTheText() {
        NodePath one = NodePath.of("/a/ü");
        NodePath other = NodePath.ofUtf8("/a/ü".getBytes(StandardCharsets.UTF_8));
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(NodePath.of("/a/u"));
        assertThat(one.hashCode()).isEqualTo(one.hashCode()).isEqualTo(Arrays.hashCode(one.utf8()));
        assertThat(NodePath.of("/").isRoot()).isTrue();
        assertThat(NodePath.of("a").isRoot()).isFalse();
        assertThat(NodePath.of("//").isRoot()).isFalse();
    }

    @Test
    void orderIsThatOfUnsignedBytes() {
        assertThat(NodePath.of("/a")).isLessThan(NodePath.of("/ü")).isLessThan(NodePath.of("/a/b"));
        assertThat(NodePath.of("/ü")).isGreaterThan(NodePath.of("/z"));
        assertThat(NodePath.of("/a").copyOfRange(1, 2)).containsExactly('a');
    }
}
