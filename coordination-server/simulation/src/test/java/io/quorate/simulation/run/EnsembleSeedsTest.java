package io.quorate.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import org.junit.jupiter.api.Test;

/** Nothing acknowledged is lost, reordered or invented by ensembles whose members, disks and network fail. */
final class EnsembleSeedsTest {

    private static final long FIRST_SEED = 1;
    private static final long LAST_SEED = 100;

    @Test
    void faultsLoseNothing() {
        EnumMap<Fault, Integer> faults = new EnumMap<>(Fault.class);
        long committed = 0;
        for (long seed = FIRST_SEED; seed <= LAST_SEED; seed++) {
            SimulationResult result = Simulation.run(seed, Kind.ENSEMBLE);
            RuntimeException violation = result.violation();
            if (violation != null) {
                throw new AssertionError(
                        "seed " + seed + ", replay: " + SimulationMain.class.getName() + " --ensembles --seed=" + seed,
                        violation);
            }
            committed += result.committed();
            result.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
        }

        assertThat(committed).isGreaterThan(100 * LAST_SEED);
        assertThat(faults).containsOnlyKeys(Fault.values());
    }
}
