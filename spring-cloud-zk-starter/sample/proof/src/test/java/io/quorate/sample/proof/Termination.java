package io.quorate.sample.proof;

import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * How an inventory service ended that got {@code SIGTERM} in the middle of a request that takes 5 s. Times count from
 * the signal.
 *
 * @param unregistered when no server knew it any more
 * @param refusing when it accepted no more connections
 * @param ended when the process was gone
 * @param answer status that the request got
 */
record Termination(Duration unregistered, Duration refusing, Duration ended, int answer) {

    /** A fifth of the time that the request takes, which leaves it under way when the web server drains. */
    private static final Duration UNTIL_IN_THE_REQUEST = Duration.ofSeconds(1);

    /** Sends the request, then the signal, and waits for the end. */
    static Termination of(Application inventory, Registry registry, HttpClient http) {
        CompletableFuture<HttpResponse<String>> counting = http.sendAsync(
                inventory
                        .request("/stock/book/count")
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        Waiting.pass(UNTIL_IN_THE_REQUEST);
        long begun = System.nanoTime();
        CompletableFuture<Duration> ended = inventory.process().terminate().thenApply(status -> since(begun));
        CompletableFuture<Duration> refusing = CompletableFuture.supplyAsync(() -> {
            Waiting.until(inventory.instanceId() + " accepts nobody", () -> !inventory.accepts());
            return since(begun);
        });
        Waiting.until(inventory.instanceId() + " is not registered", () -> registry.nodesOf(inventory) == 0);
        Duration unregistered = since(begun);
        int answer = counting.join().statusCode();
        return new Termination(unregistered, refusing.join(), ended.join(), answer);
    }

    private static Duration since(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    @Override
    public String toString() {
        return "not registered after " + unregistered.toMillis() + " ms, accepts nobody after " + refusing.toMillis()
                + " ms, ended after " + ended.toMillis() + " ms, the request got " + answer;
    }
}
