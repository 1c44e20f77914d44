package io.quorate.cloud.zk.loadbalancer;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts requests of a servlet application, each from its begin to its end, however many threads that takes. */
public final class ServedRequestsServletFilter implements Filter {

    private final ServedRequests served;

    public ServedRequestsServletFilter(ServedRequests served) {
        this.served = served;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(request, response);
            return;
        }
        served.begun();
        End end = new End(served);
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(end);
            } else {
                end.once();
            }
        }
    }

    /** The end of a request, which several calls may report. */
    private static final class End implements AsyncListener {

        private final ServedRequests served;
        private final AtomicBoolean done = new AtomicBoolean();

        End(ServedRequests served) {
            this.served = served;
        }

        void once() {
            if (done.compareAndSet(false, true)) {
                served.ended();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            once();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // Completion follows.
        }

        @Override
        public void onError(AsyncEvent event) {
            // Completion follows.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // A new cycle drops its listeners.
            event.getAsyncContext().addListener(this);
        }
    }
}
