package io.quorate.cloud.zk.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;

/** Requests that are sent, in virtual time. */
final class SentRequestsTest {

    private static final ServiceInstance ONE = new DefaultServiceInstance("o-1", "orders", "host-1", 80, false);
    private static final ServiceInstance OTHER = new DefaultServiceInstance("o-2", "orders", "host-2", 80, false);

    private long now = Long.MAX_VALUE - 1;
    private final SentRequests sent = new SentRequests(() -> now);

    private void send(ServiceInstance instance) {
        sent.onStartRequest(new DefaultRequest<>(), new DefaultResponse(instance));
    }

    private void complete(ServiceInstance instance, Status status) {
        sent.onComplete(new CompletionContext<>(
                status, new DefaultRequest<>(), status == Status.DISCARD ? null : new DefaultResponse(instance)));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void whatIsSentCountsUntilItIsAnswered() {
        send(ONE);
        send(ONE);
        send(OTHER);
        assertThat(sent.to(ONE)).isEqualTo(2);
        complete(ONE, Status.SUCCESS);
        complete(OTHER, Status.FAILED);
        complete(OTHER, Status.SUCCESS);
        complete(ONE, Status.DISCARD);
        assertThat(sent.to(ONE)).isEqualTo(1);
        assertThat(sent.to(OTHER)).isZero();
    }

    @Test
    void whatIsCancelledAndNeverReportedCountsForAMinute() {
        send(ONE);
        pass(Duration.ofSeconds(59));
        assertThat(sent.to(ONE)).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            send(ONE);
            pass(Duration.ofMillis(50));
            complete(ONE, Status.SUCCESS);
        }
        pass(Duration.ofMillis(500));
        assertThat(sent.to(ONE)).isZero();
    }

    @Test
    void nothingIsKeptOfInstancesThatAreGone() {
        for (int i = 0; i < 100; i++) {
            send(new DefaultServiceInstance("gone-" + i, "orders", "host", 80, false));
        }
        pass(Duration.ofMinutes(1));
        send(ONE);
        assertThat(sent.instances()).isEqualTo(1);
    }
}
