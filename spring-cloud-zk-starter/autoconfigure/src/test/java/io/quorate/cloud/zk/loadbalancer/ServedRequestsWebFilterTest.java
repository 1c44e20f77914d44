package io.quorate.cloud.zk.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

final class ServedRequestsWebFilterTest {

    private final ServedRequests served = new ServedRequests();
    private final ServedRequestsWebFilter filter = new ServedRequestsWebFilter(served);
    private final ServerWebExchange exchange =
            MockServerWebExchange.from(MockServerHttpRequest.get("/").build());
    private final Sinks.Empty<Void> answer = Sinks.empty();

    private Mono<Void> filtered() {
        return filter.filter(exchange, same -> answer.asMono());
    }

    @Test
    void aRequestCountsFromItsBeginToItsEnd() {
        Mono<Void> handling = filtered();
        assertThat(served.inFlight()).as("not begun").isZero();
        handling.subscribe();
        assertThat(served.inFlight()).isEqualTo(1);
        answer.tryEmitEmpty();
        assertThat(served.inFlight()).isZero();
    }

    @Test
    void aRequestThatFailsHasEnded() {
        filtered().onErrorComplete().subscribe();
        answer.tryEmitError(new IllegalStateException("no"));
        assertThat(served.inFlight()).isZero();
    }

    @Test
    void aRequestWhoseCallerGoesHasEnded() {
        Disposable call = filtered().subscribe();
        call.dispose();
        assertThat(served.inFlight()).isZero();
    }

    @Test
    void aRequestThatCannotBeginHasEnded() {
        filter.filter(exchange, same -> {
                    throw new IllegalStateException("no");
                })
                .onErrorComplete()
                .subscribe();
        assertThat(served.inFlight()).isZero();
    }
}
