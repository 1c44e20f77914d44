package io.quorate.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An ensemble keeps what it has promised, whatever happens to its members and between them, and recovers. */
final class EnsembleSeedsTest {

    private static final long FIRST_SEED = 1;
    private static final long LAST_SEED = 90;
    private static final int LEAST_TRANSACTIONS = 30_000;

    @Test
    void membersAgreeWhateverHappensToThem() {
        EnumMap<Fault, Integer> faults = new EnumMap<>(Fault.class);
        TreeSet<Integer> voters = new TreeSet<>();
        long committed = 0;
        for (long seed = FIRST_SEED; seed <= LAST_SEED; seed++) {
            SimulationResult result = Simulation.run(seed, Kind.ENSEMBLE);
            RuntimeException violation = result.violation();
            if (violation != null) {
                throw new AssertionError(
                        "seed " + seed + ", replay: " + SimulationMain.replay(seed, Kind.ENSEMBLE), violation);
            }
            committed += result.committed();
            voters.add(result.shape().voters());
            result.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
        }

        assertThat(committed).isGreaterThan(LEAST_TRANSACTIONS);
        assertThat(voters).contains(3, 5);
        assertThat(faults).containsOnlyKeys(Fault.values());
    }
}
