package io.quorate.simulation.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.simulation.linearizability.RegisterWorld.Lie;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RandomHistoryTest {

    private static final LinearizabilityChecker CHECKER = new LinearizabilityChecker();

    @Test
    void whatRealRegistersAnswerIsAccepted() {
        for (int seed = 1; seed <= 100; seed++) {
            List<Operation> history = new RegisterWorld(seed, 1 + seed % 12, 3, 600, 0.05, Lie.NONE).run();
            assertThat(CHECKER.check(history)).as("seed %d", seed).isInstanceOf(Verdict.Linearizable.class);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aLieIsFound(Lie lie) {
        for (int seed = 1; seed <= 40; seed++) {
            RegisterWorld world = new RegisterWorld(seed, 1 + seed % 8, 2, 800, 0, lie);
            List<Operation> history = world.run();
            assertThat(world.hasLied()).as("seed %d", seed).isTrue();
            assertThat(CHECKER.check(history)).as("%s, seed %d", lie, seed).isInstanceOf(Verdict.NotLinearizable.class);
        }
    }

    /** As much as a campaign of some minutes leaves, more concurrent than that, and full of lost answers. */
    @Test
    void aLongHistoryNeedsNoMoreThanAShortOne() {
        List<Operation> history = new RegisterWorld(1, 30, 20, 60_000, 0.01, Lie.NONE).run();
        Verdict verdict = CHECKER.check(history);
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Linearizable.class, fine -> {
            assertThat(fine.operations()).isEqualTo(60_000);
            assertThat(fine.widest()).isLessThan(5_000);
        });
    }
}
