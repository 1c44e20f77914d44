package io.quorate.sample.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers notice while servers and instances are killed and stopped. Each fault once; again and again for {@code
 * -Dsample.seconds=60} each. Every fault leaves the deployment whole.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SampleIT {

    private static final Logger LOG = LoggerFactory.getLogger(SampleIT.class);
    private static final int OFFERS_PER_SECOND = 200;
    private static final int ORDERS_PER_SECOND = 5;
    private static final Duration BEFORE_FAULT = Duration.ofSeconds(1);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** What a busy machine may take on top of what is allowed. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    private static final List<String> SUMMARY = new ArrayList<>();
    private static Deployment sample;

    @BeforeAll
    static void start() throws IOException, SQLException {
        long begun = System.nanoTime();
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "sample")), "run-");
        sample = new Deployment(home.toAbsolutePath());
        say(
                "3 servers, %d inventory services, %d order services: ready after %d s",
                sample.inventories().size(),
                sample.orders().size(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    }

    @AfterAll
    static void stop() {
        if (sample != null) {
            sample.close();
        }
        LOG.info(
                "The sample, {} offers and {} orders a second:\n  {}",
                OFFERS_PER_SECOND,
                ORDERS_PER_SECOND,
                String.join("\n  ", SUMMARY));
    }

    private static void say(String format, Object... values) {
        SUMMARY.add(String.format(format, values));
        LOG.info(String.format(format, values));
    }

    private static Load offers() {
        return sample.load(
                OFFERS_PER_SECOND, order -> order.request("/offers/book").build());
    }

    private static Load orders() {
        return sample.load(
                ORDERS_PER_SECOND,
                order -> order.request("/orders")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"item\":\"book\",\"quantity\":1}"))
                        .build());
    }

    private static void assertNoneFailed(Calls offers, Calls orders) {
        assertThat(offers.failures()).isEmpty();
        assertThat(orders.failures()).isEmpty();
    }

    @Test
    @Order(1)
    void aChangedPriceIsOfferedWithoutRestart() {
        sample.registry().write("/config/order/pricing.discount-percent", "25");
        Duration longest = Duration.ZERO;
        for (Application order : sample.orders()) {
            Duration took = Waiting.until(
                    order.instanceId() + " gives the discount",
                    () -> order.get("/offers/book").body().contains("\"priceCents\":1500"));
            longest = longest.plus(took);
        }
        say("configuration changed: all order services have it after %d ms", longest.toMillis());
    }

    @Test
    @Order(2)
    void noCallFailsWhenTheLeadingServerIsKilled() {
        Rounds.run(() -> {
            Load offers = offers();
            Load orders = orders();
            Waiting.pass(BEFORE_FAULT);
            Ensemble.Member leader = sample.ensemble().leader();
            leader.process().kill();
            sample.ensemble().awaitOtherLeader(leader);
            Waiting.pass(AFTER_FAULT);
            Calls offered = offers.stop();
            Calls ordered = orders.stop();
            say("kill -9 of the leading server: offers %s; orders %s", offered, ordered);
            leader.process().restart();
            sample.ensemble().awaitWhole();
            assertNoneFailed(offered, ordered);
        });
    }

    @Test
    @Order(3)
    void aKilledInstanceIsNotCalledForLong() {
        Rounds.run(() -> {
            Application victim = sample.inventories().get(0);
            long before = failedAttempts(victim);
            Load offers = offers();
            Load orders = orders();
            Waiting.pass(BEFORE_FAULT);
            victim.process().kill();
            long killed = System.nanoTime();
            Duration lastCall = untilNobodyCalls(victim, killed);
            Calls offered = offers.stop();
            Calls ordered = orders.stop();
            long attempts = failedAttempts(victim) - before;
            victim.process().restart();
            sample.awaitRegistered(victim);
            say(
                    "kill -9 of an inventory service: offers %s; orders %s; %d attempts at the dead one, the last %d ms"
                            + " after its death",
                    offered, ordered, attempts, lastCall.toMillis());
            assertNoneFailed(offered, ordered);
            assertThat(attempts)
                    .as("the dead one was called until it was known to be dead")
                    .isPositive();
            assertThat(lastCall)
                    .isLessThan(Deployment.SESSION_TIMEOUT.plus(Ensemble.TICK).plus(BUSY));
        });
    }

    private static long failedAttempts(Application instance) {
        return sample.orders().stream()
                .mapToLong(order -> order.failedCallsTo(instance))
                .sum();
    }

    /** Waits until it is not registered and has been left alone for a while. @return its last call, from its death on */
    private static Duration untilNobodyCalls(Application dead, long deathNanos) {
        long attempts = 0;
        long lastNanos = deathNanos;
        boolean registered = true;
        while (registered || System.nanoTime() - lastNanos < AFTER_FAULT.toNanos()) {
            registered = sample.registry().nodesOf(dead) > 0;
            long now = failedAttempts(dead);
            if (now != attempts) {
                attempts = now;
                lastNanos = System.nanoTime();
            }
            Waiting.pass(BETWEEN_LOOKS);
        }
        return Duration.ofNanos(lastNanos - deathNanos);
    }

    @Test
    @Order(4)
    void aKilledInstanceThatComesBackAtOnceIsThereOnce() {
        Rounds.run(() -> {
            Application victim = sample.inventories().get(0);
            victim.process().kill();
            victim.process().restart();
            long restarted = System.nanoTime();
            victim.awaitReady();
            sample.awaitRegistered(victim);
            say(
                    "restarted at once under the same id: there once after %d ms",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - restarted));
        });
    }

    @Test
    @Order(5)
    void noCallFailsWhenAnInstanceIsStopped() {
        Rounds.run(() -> {
            Application victim = sample.inventories().get(1);
            long before = failedAttempts(victim);
            Load offers = offers();
            Load orders = orders();
            Waiting.pass(BEFORE_FAULT);
            CompletableFuture<HttpResponse<String>> counting = sample.http()
                    .sendAsync(
                            victim.request("/stock/book/count")
                                    .POST(BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString());
            Waiting.pass(Duration.ofMillis(500));
            long begun = System.nanoTime();
            CompletableFuture<Long> end = victim.process().terminate().thenApply(status -> System.nanoTime() - begun);
            CompletableFuture<Long> refusing = CompletableFuture.supplyAsync(() -> {
                Waiting.until(victim.instanceId() + " accepts nobody", () -> !victim.accepts());
                return System.nanoTime() - begun;
            });
            Waiting.until(
                    victim.instanceId() + " is not registered",
                    () -> sample.registry().nodesOf(victim) == 0);
            long goneNanos = System.nanoTime() - begun;
            HttpResponse<String> counted = counting.join();
            long endNanos = end.join();
            Calls offered = offers.stop();
            Calls ordered = orders.stop();
            long attempts = failedAttempts(victim) - before;
            victim.process().restart();
            sample.awaitRegistered(victim);
            say(
                    "SIGTERM in a request of 5 s: offers %s; orders %s; %d attempts at it failed; not registered after %d ms,"
                            + " accepts nobody after %d ms, ended after %d ms; the request got %d",
                    offered,
                    ordered,
                    attempts,
                    TimeUnit.NANOSECONDS.toMillis(goneNanos),
                    TimeUnit.NANOSECONDS.toMillis(refusing.join()),
                    TimeUnit.NANOSECONDS.toMillis(endNanos),
                    counted.statusCode());
            assertNoneFailed(offered, ordered);
            assertThat(attempts).isZero();
            assertThat(counted.statusCode()).isEqualTo(200);
            assertThat(goneNanos).isLessThan(refusing.join());
            assertThat(Duration.ofNanos(endNanos)).isLessThan(Duration.ofSeconds(10));
        });
    }

    @Test
    @Order(6)
    void nobodyElseLeadsWhileOneDoes() {
        Rounds.run(() -> {
            Runs.Run before = sample.runs().last();
            Application leader = sample.orders().stream()
                    .filter(order -> order.instanceId().equals(before.instance()))
                    .findFirst()
                    .orElseThrow();
            leader.process().kill();
            Waiting.until(
                    "another one ships than " + leader.instanceId(),
                    () -> !sample.runs().last().instance().equals(leader.instanceId()));
            Duration gap = sample.runs().lastGap();
            say("kill -9 of the leading order service: nobody shipped for %d ms", gap.toMillis());
            leader.process().restart();
            sample.awaitRegistered(leader);
            assertThat(gap).isLessThan(Deployment.SESSION_TIMEOUT.plusSeconds(2).plus(BUSY));
        });
        Runs runs = sample.runs();
        say(
                "%d runs of the shipping job under %d tokens, %d of them unfinished: %d violations",
                runs.list().size(),
                runs.leaderships(),
                runs.unfinished(),
                runs.violations().size());
        assertThat(runs.violations()).isEmpty();
        assertThat(runs.leaderships()).isGreaterThan(1);
    }
}
