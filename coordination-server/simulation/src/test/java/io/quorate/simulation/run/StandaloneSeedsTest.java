package io.quorate.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing acknowledged is lost and nothing is invented, over thousands of crashes of the standalone server. */
final class StandaloneSeedsTest {

    private static final long FIRST_SEED = 1;
    private static final long LAST_SEED = 120;
    private static final int LEAST_CRASHES = 2000;

    @Test
    void crashesLoseNothing() {
        EnumMap<Fault, Integer> faults = new EnumMap<>(Fault.class);
        int crashes = 0;
        long committed = 0;
        for (long seed = FIRST_SEED; seed <= LAST_SEED; seed++) {
            SimulationResult result = Simulation.run(seed, Kind.STANDALONE);
            RuntimeException violation = result.violation();
            if (violation != null) {
                throw new AssertionError(
                        "seed " + seed + ", replay: " + SimulationMain.replay(seed, Kind.STANDALONE), violation);
            }
            crashes += result.crashes();
            committed += result.committed();
            result.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
        }

        assertThat(crashes).isGreaterThan(LEAST_CRASHES);
        assertThat(committed).isGreaterThan(10L * LEAST_CRASHES);
        assertThat(faults.keySet())
                .containsExactlyElementsOf(Stream.of(Fault.values())
                        .filter(fault -> !fault.isBetweenMembers())
                        .toList());
    }
}
