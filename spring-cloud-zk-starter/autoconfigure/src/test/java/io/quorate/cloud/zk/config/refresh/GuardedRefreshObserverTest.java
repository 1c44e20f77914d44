package io.quorate.cloud.zk.config.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
        refresh(keys -> {
            throw new NoClassDefFoundError("on purpose");
        });
        refresh(keys -> outcome -> {
            throw onPurpose();
        });
        assertThat(done).containsExactly("refreshed", "refreshed", "refreshed");
    }

    @Test
    void norDoesOneThatFailsAroundARefresh() {
        refresh(around(refresh -> {
            throw onPurpose();
        }));
        refresh(around(refresh -> {
            refresh.run();
            throw onPurpose();
        }));
        refresh(around(refresh -> {}));
        assertThat(done).containsExactly("refreshed", "ended", "refreshed", "ended", "refreshed", "ended");
    }

    private RefreshObserver around(Consumer<Runnable> observing) {
        return keys -> new RefreshObserver.Observed() {
            @Override
            public void run(Runnable refresh) {
                observing.accept(refresh);
            }

            @Override
            public void end(RefreshOutcome outcome) {
                done.add("ended");
            }
        };
    }

    @Test
    void aRefreshThatFailsIsToldOnceWhateverAnObserverMakesOfIt() {
        for (Consumer<Runnable> observing : List.<Consumer<Runnable>>of(
                Runnable::run,
                refresh -> {
                    try {
                        refresh.run();
                    } finally {
                        done.add("observed");
                    }
                },
                refresh -> {
                    try {
                        refresh.run();
                    } catch (LinkageError hidden) {
                        throw new IllegalStateException("hidden", hidden);
                    }
                },
                refresh -> {
                    try {
                        refresh.run();
                    } catch (LinkageError swallowed) {
                        done.add("swallowed");
                    }
                })) {
            done.clear();
            RefreshObserver.Observed observed = new GuardedRefreshObserver(around(observing)).begin(Set.of("a"));
            assertThatThrownBy(() -> observed.run(() -> {
                        done.add("refreshed");
                        throw new LinkageError("on purpose");
                    }))
                    .isInstanceOf(LinkageError.class)
                    .hasMessage("on purpose");
            assertThat(done).containsOnlyOnce("refreshed");
        }
    }
}
