package io.quorate.sample.proof;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls at a fixed rate, whether those before are answered or not, to several instances in turn. A call that is not
 * answered with 2xx has failed.
 */
final class Load {

    private static final int SUCCESS = 2;
    private static final int CLASS = 100;

    private final HttpClient http;
    private final List<HttpRequest> requests;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Integer> failures = new TreeMap<>();
    private int sent;
    private int answered;
    private long slowestNanos;

    private Load(HttpClient http, List<HttpRequest> requests) {
        this.http = http;
        this.requests = List.copyOf(requests);
    }

    /** Starts it. */
    static Load perSecond(int rate, HttpClient http, List<HttpRequest> requests) {
        Load load = new Load(http, requests);
        long period = TimeUnit.SECONDS.toNanos(1) / rate;
        load.clock.scheduleAtFixedRate(load::call, 0, period, TimeUnit.NANOSECONDS);
        return load;
    }

    private void call() {
        long begun = System.nanoTime();
        http.sendAsync(next(), HttpResponse.BodyHandlers.ofString())
                .whenComplete((answer, failure) -> count(answer, failure, System.nanoTime() - begun));
    }

    private synchronized HttpRequest next() {
        return requests.get(sent++ % requests.size());
    }

    private synchronized void count(
            @Nullable HttpResponse<String> answer, @Nullable Throwable failure, long tookNanos) {
        answered++;
        slowestNanos = Math.max(slowestNanos, tookNanos);
        if (answer == null) {
            failures.merge(String.valueOf(failure), 1, Integer::sum);
        } else if (answer.statusCode() / CLASS != SUCCESS) {
            failures.merge(answer.statusCode() + " " + answer.body(), 1, Integer::sum);
        }
    }

    private synchronized boolean isAnswered() {
        return answered == sent;
    }

    /** Ends it and waits for the last answer. */
    Calls stop() {
        clock.shutdown();
        Waiting.until("the load has ended", clock::isTerminated);
        Waiting.until("every call has come back", this::isAnswered);
        synchronized (this) {
            return new Calls(sent, Map.copyOf(failures), Duration.ofNanos(slowestNanos));
        }
    }
}
