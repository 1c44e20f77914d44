package io.quorate.sample.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration BEFORE_FAULT = Duration.ofSeconds(1);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(2);
    /** What a busy machine may take on top of what is allowed. */
    private static final Duration BUSY = Duration.ofSeconds(20);
    /** How long the request takes in which an inventory service is stopped. */
    private static final Duration COUNTING = Duration.ofSeconds(5);

    private static final List<String> SUMMARY = new ArrayList<>();
    private static @Nullable Deployment deployment;

    @BeforeAll
    static void start() throws IOException, SQLException {
        long begun = System.nanoTime();
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "sample")), "run-");
        deployment = new Deployment(home.toAbsolutePath());
        say(
                "3 servers, %d inventory and %d order services: ready after %d ms",
                sample().inventories().size(),
                sample().orders().size(),
                since(begun).toMillis());
        Callers first = new Callers(sample());
        Waiting.pass(WARM_UP);
        say("nothing happens: %s", first.stop());
    }

    @AfterAll
    static void stop() {
        if (deployment != null) {
            deployment.close();
        }
        LOG.info(
                "{} offers and {} orders a second\n  {}",
                Callers.OFFERS_PER_SECOND,
                Callers.ORDERS_PER_SECOND,
                String.join("\n  ", SUMMARY));
    }

    private static Deployment sample() {
        if (deployment == null) {
            throw new IllegalStateException("not started");
        }
        return deployment;
    }

    private static void say(String format, Object... values) {
        String line = String.format(format, values);
        SUMMARY.add(line);
        LOG.info(line);
    }

    private static Duration since(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    private static void assertNoneFailed(Callers.Told told) {
        assertThat(told.offers().failures()).isEmpty();
        assertThat(told.orders().failures()).isEmpty();
    }

    @Test
    @Order(1)
    void aChangedPriceIsOfferedWithoutRestart() {
        long begun = System.nanoTime();
        sample().registry().write("/config/order/pricing.discount-percent", "25");
        for (Application order : sample().orders()) {
            Waiting.until(
                    order.instanceId() + " gives the discount",
                    () -> order.get("/offers/book").body().contains("\"priceCents\":1500"));
        }
        say(
                "discount changed below /config: all order services give it after %d ms",
                since(begun).toMillis());
    }

    @Test
    @Order(2)
    void noCallFailsWhenTheLeadingServerIsKilled() {
        Rounds.run(() -> {
            Callers callers = new Callers(sample());
            Waiting.pass(BEFORE_FAULT);
            Ensemble.Member leader = sample().ensemble().leader();
            leader.process().kill();
            sample().ensemble().awaitOtherLeader(leader);
            Waiting.pass(AFTER_FAULT);
            Callers.Told told = callers.stop();
            say("kill -9 of the leading server: %s", told);
            leader.process().restart();
            sample().ensemble().awaitWhole();
            assertNoneFailed(told);
        });
    }

    @Test
    @Order(3)
    void aKilledInstanceIsNotCalledForLong() {
        Rounds.run(() -> {
            Application victim = sample().inventories().get(0);
            Callers callers = new Callers(sample());
            Waiting.pass(BEFORE_FAULT);
            Death death = Death.of(victim, sample());
            Callers.Told told = callers.stop();
            say("kill -9 of an inventory service: %s; %s", told, death);
            victim.process().restart();
            sample().awaitRegistered(victim);
            assertNoneFailed(told);
            assertThat(death.calls())
                    .as("calls to one of which nobody knew that it was dead")
                    .isPositive();
            assertThat(death.lastCall())
                    .isLessThan(Deployment.SESSION_TIMEOUT.plus(Ensemble.TICK).plus(BUSY));
        });
    }

    @Test
    @Order(4)
    void aKilledInstanceThatComesBackAtOnceIsThereOnce() {
        Rounds.run(() -> {
            Application victim = sample().inventories().get(0);
            victim.process().kill();
            long begun = System.nanoTime();
            victim.process().restart();
            sample().awaitRegistered(victim);
            say(
                    "kill -9 of an inventory service that is started at once under its id: there, once, after %d ms",
                    since(begun).toMillis());
        });
    }

    @Test
    @Order(5)
    void noCallFailsWhenAnInstanceIsStopped() {
        Rounds.run(() -> {
            Application victim = sample().inventories().get(1);
            long before = sample().failedCallsTo(victim);
            Callers callers = new Callers(sample());
            Waiting.pass(BEFORE_FAULT);
            Termination termination = Termination.of(victim, sample().registry(), sample().http());
            Callers.Told told = callers.stop();
            long attempts = sample().failedCallsTo(victim) - before;
            say(
                    "SIGTERM in a request of %d s: %s; asked in vain %d times; %s",
                    COUNTING.toSeconds(), told, attempts, termination);
            victim.process().restart();
            sample().awaitRegistered(victim);
            assertNoneFailed(told);
            assertThat(attempts).as("asked in vain").isZero();
            assertThat(termination.answer()).isEqualTo(200);
            assertThat(termination.unregistered()).isLessThan(termination.refusing());
            assertThat(termination.ended()).isLessThan(COUNTING.plus(BUSY));
        });
    }

    @Test
    @Order(6)
    void nobodyElseLeadsWhileOneDoes() {
        Rounds.run(() -> {
            Runs.Run before = sample().runs().last();
            Application leader = sample().orders().stream()
                    .filter(order -> order.instanceId().equals(before.instance()))
                    .findFirst()
                    .orElseThrow();
            leader.process().kill();
            Waiting.until("another one ships", () -> sample().runs().last().token() > before.token());
            Duration gap = sample().runs().lastGap();
            say("kill -9 of the order service that ships: nobody shipped for %d ms", gap.toMillis());
            leader.process().restart();
            sample().awaitRegistered(leader);
            assertThat(gap).isLessThan(Deployment.SESSION_TIMEOUT.plusSeconds(2).plus(BUSY));
        });
        Runs runs = sample().runs();
        List<String> violations = runs.violations();
        say(
                "%d shipping runs under %d tokens, %d of them without an end: %d overlap",
                runs.list().size(), runs.leaderships(), runs.unfinished(), violations.size());
        assertThat(violations).isEmpty();
        assertThat(runs.leaderships()).isGreaterThan(1);
    }

    /** Health is asked for by those who take an instance out of service when it does not answer in time. */
    @Test
    @Order(7)
    void healthIsToldWhateverServersDo() {
        Application asked = sample().inventories().get(0);
        List<Ensemble.Member> servers = sample().ensemble().members();
        HealthTimes.of(asked);
        HealthTimes up = HealthTimes.of(asked);
        say("health, servers up: %s", up);
        servers.forEach(server -> server.process().suspend());
        say("health, servers silent from here on: %s", HealthTimes.of(asked));
        Waiting.until("a silent server is noticed", () -> HealthTimes.statusOf(asked) == 503);
        servers.forEach(server -> server.process().resume());
        Waiting.until("servers answer again", () -> HealthTimes.statusOf(asked) == 200);
        servers.forEach(server -> server.process().kill());
        say("health, servers gone from here on: %s", HealthTimes.of(asked));
        Waiting.until("servers that are gone are noticed", () -> HealthTimes.statusOf(asked) == 503);
        servers.forEach(server -> server.process().restart());
        sample().ensemble().awaitWhole();
        sample().awaitReady();
        Waiting.until("servers are back", () -> HealthTimes.statusOf(asked) == 200);
        assertThat(up.statuses()).containsOnlyKeys(200);
    }
}
