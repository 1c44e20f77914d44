package io.quorate.cloud.zk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;

final class StartRetryTest {

    private final AtomicInteger attempts = new AtomicInteger();

    private StartRetry retry(boolean enabled) {
        return new StartRetry(
                new ZkConfigProperties.Retry(enabled, 3, Duration.ofMillis(1), 1, Duration.ofMillis(1)),
                LogFactory.getLog(StartRetryTest.class));
    }

    private String failUntil(int attempt) {
        if (attempts.incrementAndGet() < attempt) {
            throw new UnreadableConfigException("attempt " + attempts.get());
        }
        return "read";
    }

    @Test
    void theFirstSuccessCounts() {
        assertThat(retry(true).call(() -> failUntil(3))).isEqualTo("read");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void theLastFailureIsTold() {
        assertThatThrownBy(() -> retry(true).call(() -> failUntil(4)))
                .isInstanceOf(UnreadableConfigException.class)
                .hasMessage("attempt 3");
    }

    @Test
    void thereIsOneAttemptUnlessMoreAreAskedFor() {
        assertThatThrownBy(() -> retry(false).call(() -> failUntil(2))).hasMessage("attempt 1");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void whatMoreAttemptsCannotMendIsNotTriedAgain() {
        assertThatThrownBy(() -> retry(true).call(() -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("malformed");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("malformed");
        assertThat(attempts).hasValue(1);
    }
}
