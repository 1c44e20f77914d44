package io.quorate.cloud.zk.config.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GuardedRefreshObserverTest {

    private final List<String> done = new ArrayList<>();

    private static RuntimeException onPurpose() {
        return new IllegalStateException("on purpose");
    }

    private void refresh(RefreshObserver failing) {
        RefreshObserver.Observed observed = new GuardedRefreshObserver(failing).begin(Set.of("a"));
        observed.run(() -> done.add("refreshed"));
        observed.end(RefreshOutcome.APPLIED);
    }

    @Test
    void anObserverThatFailsPreventsNothing() {
        refresh(keys -> {
            throw onPurpose();
        });
        refresh(keys -> outcome -> {
            throw onPurpose();
        });
        refresh(keys -> new RefreshObserver.Observed() {
            @Override
            public void run(Runnable refresh) {
                throw onPurpose();
            }

            @Override
            public void end(RefreshOutcome outcome) {
                done.add("ended");
            }
        });
        assertThat(done).containsExactly("refreshed", "refreshed", "refreshed", "ended");
    }

    @Test
    void aRefreshThatFailsIsToldOnce() {
        RefreshObserver.Observed observed = new GuardedRefreshObserver(RefreshObserver.NONE).begin(Set.of("a"));
        assertThatThrownBy(() -> observed.run(() -> {
                    done.add("refreshed");
                    throw onPurpose();
                }))
                .hasMessage("on purpose");
        assertThat(done).containsExactly("refreshed");
    }
}
