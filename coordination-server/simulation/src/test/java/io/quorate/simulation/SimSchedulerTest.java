package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimSchedulerTest {

    private static List<String> orderOf(long seed) {
        SimScheduler scheduler = new SimScheduler(new SimRandom(seed));
        List<String> order = new ArrayList<>();
        scheduler.at(20, () -> order.add("late"));
        for (String name : List.of("a", "b", "c", "d")) {
            scheduler.at(10, () -> order.add(name));
        }
        scheduler.at(5, () -> scheduler.after(1, () -> order.add("early at " + scheduler.nowNanos())));
        scheduler.runUntil(100);
        assertThat(scheduler.nowNanos()).isEqualTo(100);
        return order;
    }

    @Test
    void runsInOrderOfTimeAndLetsTheSeedBreakTies() {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            List<String> order = orderOf(seed);
            assertThat(order).startsWith("early at 6").endsWith("late").hasSize(6);
            assertThat(orderOf(seed)).as("the same seed").isEqualTo(order);
            orders.add(order);
        }
        assertThat(orders).hasSizeGreaterThan(10);
    }

    @Test
    void runsNothingBeyondTheTimeAsked() {
        SimScheduler scheduler = new SimScheduler(new SimRandom(1));
        List<String> ran = new ArrayList<>();
        scheduler.at(10, () -> ran.add("ten"));
        scheduler.runUntil(9);
        assertThat(ran).isEmpty();
        assertThat(scheduler.step()).isTrue();
        assertThat(scheduler.step()).isFalse();
        assertThat(ran).containsExactly("ten");
    }

    @Test
    void streamsDependOnTheirNameAndNotOnOtherDraws() {
        SimRandom root = new SimRandom(42);
        long first = root.stream("network").nextLong();
        root.nextLong();
        assertThat(root.stream("network").nextLong()).isEqualTo(first);
        assertThat(root.stream("disk").nextLong()).isNotEqualTo(first);
        assertThat(new SimRandom(43).stream("network").nextLong()).isNotEqualTo(first);
    }

    @Test
    void drawsAreWithinBoundsAndReachAllOfThem() {
        SimRandom random = new SimRandom(7);
        Set<Long> drawn = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            drawn.add(random.between(-2, 3));
        }
        assertThat(drawn).containsExactlyInAnyOrder(-2L, -1L, 0L, 1L, 2L, 3L);
        assertThat(random.oneIn(0)).isFalse();
        assertThat(random.oneIn(1)).isTrue();
        assertThat(random.below(Long.MAX_VALUE)).isBetween(0L, Long.MAX_VALUE - 1);
    }
}
