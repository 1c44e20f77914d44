package io.quorate.cloud.zk.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UriTemplateTest {

    @Test
    void splitsLiteralsAndVariables() {
        assertThat(UriTemplate.parse("{scheme}://{address}:{port}/base").parts())
                .containsExactly(
                        new UriTemplate.Part("scheme", true),
                        new UriTemplate.Part("://", false),
                        new UriTemplate.Part("address", true),
                        new UriTemplate.Part(":", false),
                        new UriTemplate.Part("port", true),
                        new UriTemplate.Part("/base", false));
    }

    @Test
    void rendersBracesAndLeavesOutWhatIsUnknown() {
        assertThat(UriTemplate.parse("{[}{a}{]}{b}x").render(Map.of("a", 1)::get))
                .isEqualTo("{1}x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a", "a}", "{a{b}}", "{a}}"})
    void refusesBracesThatDoNotMatch(String text) {
        assertThatThrownBy(() -> UriTemplate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
