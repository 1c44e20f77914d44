package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Op;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths are accepted where (client protocol 4.3, 4.4 and 5.1). */
abstract class PathKit extends ClientProtocolKit {

    @Test
    @Checklist(33)
    @DisplayName("14.33 create of \"a\" is -8, of \"a/b\" and \"/a//b\" -101, of \"/x/\" with /x existing -8")
    void pathsWithMisplacedSlashes() {
        session().create(path("x")).ok();

        assertThat(session().create("a").err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().create("").err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().create("a/b").err()).isEqualTo(Err.NO_NODE);
        assertThat(session().create(path("x//b")).err()).isEqualTo(Err.NO_NODE);
        assertThat(session().create(path("x/")).err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().create("//a").err()).isEqualTo(Err.BAD_ARGUMENTS);
    }

    @Test
    @Checklist(34)
    @DisplayName("14.34 create of \"/a/.\" and \"/a/..\" is -8, of \"/a/./b\" -101, of \"/a/...\" works")
    void relativeComponents() {
        assertThat(session().create(path(".")).err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().create(path("..")).err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().create(path("./b")).err()).isEqualTo(Err.NO_NODE);
        assertThat(session().create(path("../b")).err()).isEqualTo(Err.NO_NODE);
        assertThat(session().create(path("...")).err()).isZero();

        for (String name : List.of(".", "..", "./b", "../b", "x//b", "x/")) {
            assertThat(session().setData(path(name), "x").err()).as(name).isEqualTo(Err.BAD_ARGUMENTS);
            assertThat(session().setAcl(path(name), Acl.OPEN, -1).err())
                    .as(name)
                    .isEqualTo(Err.BAD_ARGUMENTS);
        }
        assertThat(session().setData(path("..."), "x").err()).isZero();
    }

    @ParameterizedTest
    @DisplayName("5.1 dots within a name, and any other character, are fine")
    @ValueSource(
            strings = {
                "a.",
                ".a",
                "a..b",
                "....",
                " ",
                "a b",
                "\u00a0",
                "\u00e9\u4e2d",
                "\ud7ff",
                "\uf900",
                "\uffef",
                "~"
            })
    void unusualNames(String name) {
        assertThat(session().create(path(name)).path()).isEqualTo(path(name));
        assertThat(session().getChildren(root(), false).children()).containsExactly(name);
    }

    @ParameterizedTest
    @Checklist(35)
    @DisplayName("14.35 control characters, U+D800..U+F8FF and U+FFF0..U+FFFF are -8")
    @ValueSource(ints = {0, 1, 0x0a, 0x1f, 0x7f, 0x85, 0x9f, 0xe000, 0xf000, 0xf8ff, 0xfff0, 0xfffd, 0xffff})
    void forbiddenCharacters(int character) {
        String name = "a" + (char) character;

        assertThat(session().create(path(name)).err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().setData(path(name), "x").err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().setAcl(path(name), Acl.OPEN, -1).err()).isEqualTo(Err.BAD_ARGUMENTS);
    }

    @Test
    @Checklist(35)
    @DisplayName("14.35 a supplementary character is -8")
    void supplementaryCharacter() {
        assertThat(session().create(path("a\ud83d\ude00")).err()).isEqualTo(Err.BAD_ARGUMENTS);
    }

    @Test
    @DisplayName("4.4 reads do not validate paths: they give -101")
    void readsDoNotValidate() {
        for (String path : List.of("foo", root() + "/", path("a//b"), path("."), path("\u0001"))) {
            assertThat(session().exists(path, false).err()).as(path).isEqualTo(Err.NO_NODE);
            assertThat(session().getData(path, false).err()).as(path).isEqualTo(Err.NO_NODE);
            assertThat(session().getChildren(path, false).err()).as(path).isEqualTo(Err.NO_NODE);
            assertThat(session().getAcl(path).err()).as(path).isEqualTo(Err.NO_NODE);
            assertThat(session()
                            .call(Op.GET_ALL_CHILDREN_NUMBER, Bodies.path(path))
                            .err())
                    .as(path)
                    .isEqualTo(Err.NO_NODE);
        }
        // Only exists tests for NUL.
        assertThat(session().exists("a\u0000b", false).err()).isEqualTo(Err.BAD_ARGUMENTS);
    }

    @Test
    @DisplayName("4.3 delete tests for a slash and NUL only")
    void deleteHardlyValidates() {
        assertThat(session().delete("a").err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().delete("").err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().delete(path("a\u0000")).err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().delete(path("\u0001")).err()).isEqualTo(Err.NO_NODE);
        assertThat(session().delete(path("..")).err()).isEqualTo(Err.NO_NODE);
        assertThat(session().delete("a/b").err()).isEqualTo(Err.NO_NODE);
    }
}
