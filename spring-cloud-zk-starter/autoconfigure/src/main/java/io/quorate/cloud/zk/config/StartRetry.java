package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.ZkConnectException;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

/** Repeats the attempt of a start to read configuration, as {@code spring.cloud.zookeeper.config.retry} says. */
final class StartRetry {

    private final ZkConfigProperties.Retry properties;
    private final Log log;

    StartRetry(ZkConfigProperties.Retry properties, Log log) {
        this.properties = properties;
        this.log = log;
    }

    /** The result of the first attempt that succeeds; otherwise what the last one threw. */
    <T> T call(Supplier<T> attempt) {
        if (!properties.enabled() || properties.maxAttempts() == 1) {
            return attempt.get();
        }
        RetryTemplate template = new RetryTemplate(RetryPolicy.builder()
                .maxRetries(properties.maxAttempts() - 1)
                .delay(properties.initialInterval())
                .multiplier(properties.multiplier())
                .maxDelay(properties.maxInterval())
                .includes(ZkConnectException.class, UnreadableConfigException.class)
                .build());
        template.setRetryListener(new RetryListener() {
            @Override
            public void onRetryFailure(RetryPolicy policy, Retryable<?> retryable, Throwable failure) {
                log.info("Another attempt to import configuration failed: " + failure.getMessage());
            }
        });
        try {
            return template.execute(attempt::get);
        } catch (RetryException exhausted) {
            throw exhausted.getCause() instanceof RuntimeException last
                    ? last
                    : new IllegalStateException(exhausted.getCause());
        }
    }
}
