package io.quorate.core.base;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VerifyTest {

    @Test
    void silentWhenTheInvariantHolds() {
        assertThatCode(() -> Verify.that(true, "order", 1, 2)).doesNotThrowAnyException();
        assertThatCode(() -> Verify.that(true, "order")).doesNotThrowAnyException();
    }

    @Test
    void namesTheInvariantAndTheValues() {
        assertThatThrownBy(() -> Verify.that(false, "order", 10, -1))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("order")
                .hasMessageContaining("[10, -1]")
                .hasMessageContaining("0xa")
                .hasMessageContaining("0xffffffffffffffff");
        assertThatThrownBy(() -> Verify.that(false, "order"))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("order");
    }
}
