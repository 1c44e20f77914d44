package io.quorate.cloud.zk.loadbalancer;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Counts requests of a reactive application. */
public final class ServedRequestsWebFilter implements WebFilter {

    private final ServedRequests served;

    public ServedRequestsWebFilter(ServedRequests served) {
        this.served = served;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> {
            served.begun();
            // Deferred once more, since a chain may throw before it returns anything.
            return Mono.defer(() -> chain.filter(exchange)).doFinally(signal -> served.ended());
        });
    }
}
