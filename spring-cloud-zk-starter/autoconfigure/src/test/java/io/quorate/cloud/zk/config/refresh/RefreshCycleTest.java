package io.quorate.cloud.zk.config.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class RefreshCycleTest {

    private static final Duration QUIET = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final VirtualLane lane = new VirtualLane();
    private final FakeConfig config = new FakeConfig();
    private final List<Set<String>> events = new ArrayList<>();
    private final List<RefreshOutcome> outcomes = new ArrayList<>();
    private int begun;
    /** What the application does with an event; taking the offer is what a loader does. */
    private Consumer<Set<String>> application = keys -> config.take();

    private RefreshCycle cycle(List<String> include, List<String> exclude) {
        return new RefreshCycle(
                lane,
                lane::nowNanos,
                new BurstTiming(QUIET, Duration.ofSeconds(2), Duration.ZERO, bound -> 0),
                new KeyPatterns(include, exclude),
                config,
                keys -> {
                    events.add(keys);
                    application.accept(keys);
                },
                keys -> {
                    begun++;
                    return outcomes::add;
                });
    }

    private RefreshCycle readyCycle() {
        RefreshCycle cycle = cycle(List.of(), List.of());
        cycle.start();
        cycle.ready();
        lane.advance(LONG);
        assertThat(config.comparisons).isEqualTo(1);
        config.comparisons = 0;
        return cycle;
    }

    @Test
    void nothingIsReadBeforeTheApplicationIsReadyAndThenAChangeIsNotLost() {
        RefreshCycle cycle = cycle(List.of(), List.of());
        config.change("early");
        cycle.start();
        cycle.changed();
        lane.advance(LONG);
        assertThat(config.comparisons).isZero();
        cycle.ready();
        lane.advance(QUIET);
        assertThat(events).containsExactly(Set.of("early"));
        assertThat(outcomes).containsExactly(RefreshOutcome.APPLIED);
    }

    @Test
    void aBurstIsOneEvent() {
        RefreshCycle cycle = readyCycle();
        for (int i = 0; i < 500; i++) {
            config.change("key" + i % 7);
            cycle.changed();
            lane.advance(Duration.ofMillis(1));
        }
        lane.advance(LONG);
        assertThat(config.comparisons).isEqualTo(1);
        assertThat(events).hasSize(1);
    }

    @Test
    void changesWithoutEndAreBroughtEveryLongestDelay() {
        RefreshCycle cycle = readyCycle();
        for (int i = 0; i < 100; i++) {
            config.change("key");
            cycle.changed();
            lane.advance(Duration.ofMillis(100));
        }
        assertThat(config.comparisons).isBetween(4, 5);
    }

    @Test
    void hintsWithoutADifferenceAreNoEvent() {
        RefreshCycle cycle = readyCycle();
        cycle.changed();
        cycle.connected();
        lane.advance(LONG);
        assertThat(config.comparisons).isEqualTo(1);
        assertThat(events).isEmpty();
    }

    @Test
    void anOfferThatIsTakenLateIsNotMadeAgain() {
        RefreshCycle cycle = readyCycle();
        application = keys -> lane.schedule(config::take, Duration.ofMillis(900));
        config.change("slow");
        cycle.changed();
        lane.advance(LONG);
        assertThat(events).hasSize(1);
        assertThat(outcomes).containsExactly(RefreshOutcome.APPLIED);
    }

    @Test
    void anOfferThatNobodyTakesIsMadeThreeTimes() {
        RefreshCycle cycle = readyCycle();
        application = keys -> {};
        config.change("unheard");
        cycle.changed();
        lane.advance(LONG);
        assertThat(events).hasSize(3);
        assertThat(outcomes).containsExactly(RefreshOutcome.IGNORED);
        assertThat(begun).as("one change, however often it is announced").isEqualTo(1);
        assertThat(config.offered).isFalse();
        application = keys -> config.take();
        cycle.changed();
        lane.advance(LONG);
        assertThat(outcomes).containsExactly(RefreshOutcome.IGNORED, RefreshOutcome.APPLIED);
    }

    @Test
    void whatTheApplicationFailsOnIsRefusedAndTheFormerStateAnnounced() {
        RefreshCycle cycle = readyCycle();
        application = keys -> {
            config.take();
            if (!config.refused) {
                throw new IllegalStateException("value: secret");
            }
        };
        config.change("bad");
        cycle.changed();
        lane.advance(LONG);
        assertThat(config.refused).isTrue();
        assertThat(events).containsExactly(Set.of("bad"), Set.of("bad"));
        assertThat(outcomes).containsExactly(RefreshOutcome.REFUSED);
    }

    @Test
    void anErrorOfTheApplicationIsRefusedAsWell() {
        RefreshCycle cycle = readyCycle();
        application = keys -> {
            config.take();
            if (!config.refused) {
                throw new NoClassDefFoundError("value: secret");
            }
        };
        config.change("bad");
        cycle.changed();
        lane.advance(LONG);
        assertThat(config.refused).isTrue();
        assertThat(config.offered).isFalse();
        assertThat(outcomes).containsExactly(RefreshOutcome.REFUSED);
    }

    @Test
    void aRefreshThatFailsBeforeItReadsIsRepeated() {
        RefreshCycle cycle = readyCycle();
        application = keys -> {
            if (events.size() == 1) {
                throw new IllegalStateException("another listener");
            }
            config.take();
        };
        config.change("key");
        cycle.changed();
        lane.advance(LONG);
        assertThat(events).hasSize(2);
        assertThat(outcomes).containsExactly(RefreshOutcome.APPLIED);
    }

    @Test
    void serversThatCannotBeReadAreTriedWithGrowingPauses() {
        RefreshCycle cycle = readyCycle();
        config.complete = false;
        cycle.changed();
        lane.advance(QUIET);
        assertThat(config.comparisons).isEqualTo(1);
        lane.advance(Duration.ofMillis(500));
        assertThat(config.comparisons).isEqualTo(2);
        lane.advance(Duration.ofMillis(500));
        assertThat(config.comparisons).isEqualTo(2);
        lane.advance(Duration.ofMillis(500));
        assertThat(config.comparisons).isEqualTo(3);
        lane.advance(Duration.ofMinutes(10));
        assertThat(config.comparisons).isBetween(60, 65);
    }

    @Test
    void aConnectionEndsThePause() {
        RefreshCycle cycle = readyCycle();
        config.complete = false;
        cycle.changed();
        lane.advance(Duration.ofMinutes(10));
        config.comparisons = 0;
        config.complete = true;
        config.change("late");
        cycle.connected();
        lane.advance(QUIET);
        assertThat(events).containsExactly(Set.of("late"));
        lane.advance(LONG);
        assertThat(config.comparisons).isEqualTo(1);
    }

    @Test
    void aDifferenceOfServersThatAnswerIsBroughtWhileOthersDoNot() {
        RefreshCycle cycle = readyCycle();
        config.complete = false;
        config.change("here");
        cycle.changed();
        lane.advance(QUIET);
        assertThat(outcomes).containsExactly(RefreshOutcome.APPLIED);
    }

    @Test
    void onlyIncludedKeysThatAreNotExcludedTrigger() {
        RefreshCycle cycle = cycle(List.of("app.*"), List.of("app.quiet*"));
        cycle.start();
        cycle.ready();
        config.change("other");
        config.change("app.quiet.a");
        lane.advance(LONG);
        assertThat(events).isEmpty();
        config.change("app.loud");
        cycle.changed();
        lane.advance(LONG);
        assertThat(events).containsExactly(Set.of("app.loud", "app.quiet.a", "other"));
    }

    @Test
    void afterTheStopNothingIsReadAndAStartBeginsWithAComparison() {
        RefreshCycle cycle = readyCycle();
        application = keys -> {};
        config.change("key");
        cycle.changed();
        lane.advance(QUIET);
        cycle.stop();
        cycle.changed();
        lane.advance(LONG);
        assertThat(config.comparisons).isEqualTo(1);
        assertThat(config.offered).isFalse();
        application = keys -> config.take();
        cycle.start();
        lane.advance(LONG);
        assertThat(outcomes).containsExactly(RefreshOutcome.IGNORED, RefreshOutcome.APPLIED);
    }

    @Test
    void anOfferThatSomebodyElseMadeNeedlessHasEnded() {
        RefreshCycle cycle = readyCycle();
        application = keys -> {};
        config.change("key");
        cycle.changed();
        lane.advance(QUIET);
        config.changed.clear();
        lane.advance(LONG);
        assertThat(events).hasSize(1);
        assertThat(outcomes).containsExactly(RefreshOutcome.APPLIED);
    }

    @Test
    void aRefreshThatTheEndOfTheApplicationCutsOffIsNotRefused() {
        RefreshCycle cycle = readyCycle();
        application = keys -> {
            config.take();
            cycle.stop();
            throw new IllegalStateException("beans are being destroyed");
        };
        config.change("key");
        cycle.changed();
        lane.advance(LONG);
        assertThat(config.refused).isFalse();
        assertThat(events).hasSize(1);
        assertThat(outcomes).containsExactly(RefreshOutcome.IGNORED);
    }

    @Test
    void anOpenChangeEndsWithTheStop() {
        RefreshCycle cycle = readyCycle();
        application = keys -> {};
        config.change("key");
        cycle.changed();
        lane.advance(QUIET);
        cycle.stop();
        lane.advance(LONG);
        assertThat(outcomes).containsExactly(RefreshOutcome.IGNORED);
    }

    /** Keys that changed since they were taken. */
    private static final class FakeConfig implements LiveConfig {

        private final Set<String> changed = new TreeSet<>();
        private boolean complete = true;
        private boolean offered;
        private boolean refused;
        private int comparisons;

        void change(String key) {
            changed.add(key);
        }

        void take() {
            if (offered) {
                offered = false;
                changed.clear();
            }
        }

        @Override
        public Comparison compare() {
            comparisons++;
            return new Comparison(
                    changed.isEmpty() ? Optional.empty() : Optional.of(new FakeDifference(Set.copyOf(changed))),
                    complete);
        }

        private final class FakeDifference implements Difference {

            private final Set<String> keys;

            FakeDifference(Set<String> keys) {
                this.keys = keys;
            }

            @Override
            public Set<String> keys() {
                return keys;
            }

            @Override
            public void offer() {
                offered = true;
            }

            @Override
            public boolean taken() {
                return !offered;
            }

            @Override
            public void withdraw() {
                offered = false;
            }

            @Override
            public void refuse() {
                refused = true;
                offered = true;
            }
        }
    }
}
