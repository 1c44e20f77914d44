package io.quorate.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.simulation.server.Wiring;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeterminismTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 17, -9, 1L << 40})
    void aSeedGivesTheSameRunTwice(long seed) {
        SimulationResult first = Simulation.run(seed, Kind.ANY);
        SimulationResult second = Simulation.run(seed, Kind.ANY);

        assertThat(first.violation()).isNull();
        assertThat(second).isEqualTo(first);
        assertThat(first.answered()).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void readingTheTraceDoesNotDisturbTheRun(long seed) {
        List<String> lines = new ArrayList<>();

        SimulationResult read = Simulation.run(seed, Kind.ANY, id -> Wiring.STRAIGHT, lines::add);

        assertThat(read).isEqualTo(Simulation.run(seed, Kind.ANY));
        assertThat(lines).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void anotherSeedGivesAnotherRun(long seed) {
        assertThat(Simulation.run(seed, Kind.ANY).traceHash())
                .isNotEqualTo(Simulation.run(seed + 1, Kind.ANY).traceHash());
    }
}
