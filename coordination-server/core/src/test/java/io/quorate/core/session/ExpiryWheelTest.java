package io.quorate.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol 11.1. Times in the tests are milliseconds; a tick is 100. */
class ExpiryWheelTest {

    private static final int TICK = 100;

    private final SessionTable table = new SessionTable();
    private final List<Long> expired = new ArrayList<>();
    private ExpiryWheel wheel = new ExpiryWheel(TICK, PauseGrace.NONE);

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }

    private Session touched(long id, int timeout, long now) {
        Session session = table.open(id, timeout);
        assertThat(wheel.touch(session, nanos(now))).isTrue();
        return session;
    }

    private List<Long> expiredAt(long now) {
        expired.clear();
        wheel.drainExpired(nanos(now), session -> expired.add(session.id()));
        return expired;
    }

    private void assertNextDeadline(long millis) {
        assertThat(wheel.nextDeadlineNanos()).isEqualTo(nanos(millis));
    }

    @ParameterizedTest
    @CsvSource({
        // now, timeout, due = (floor((now + timeout) / tick) + 1) * tick
        "0, 1000, 1100",
        "99, 1000, 1100",
        "100, 1000, 1200",
        "1, 99, 200",
        "0, 99, 100",
        "50, 50, 200",
        "-1050, 1000, 0",
        "-1000, 1000, 100",
        "-1000, 1, -900"
    })
    void expiresAtTheEndOfItsTick(long now, int timeout, long expected) {
        Session session = touched(1, timeout, now);
        assertNextDeadline(expected);
        assertThat(wheel.expiresAtNanos(session)).isEqualTo(nanos(expected));
        wheel.drainExpired(nanos(expected) - 1, late -> expired.add(late.id()));
        assertThat(expired).isEmpty();
        assertThat(expiredAt(expected)).containsExactly(1L);
        assertThat(wheel.size()).isZero();
        assertThat(wheel.nextDeadlineNanos()).isEqualTo(ExpiryWheel.NO_DEADLINE);
        assertThat(expiredAt(expected + 1000)).as("once").isEmpty();
    }

    @Test
    void aTouchedSessionMovesWhenItsBucketFallsDue() {
        Session session = touched(1, 500, 0);
        touched(1, 500, 400);
        assertNextDeadline(600);
        assertThat(wheel.expiresAtNanos(session)).isEqualTo(nanos(1000));
        assertThat(expiredAt(600)).isEmpty();
        assertNextDeadline(1000);
        assertThat(expiredAt(1000)).containsExactly(1L);
    }

    @Test
    void aShorterTimeoutTakesEffectAtOnce() {
        Session session = touched(1, 5000, 0);
        session.setTimeoutMillis(200);
        assertNextDeadline(5100);
        touched(1, 200, 0);
        assertNextDeadline(300);
        assertThat(wheel.size()).isEqualTo(1);
        assertThat(expiredAt(300)).containsExactly(1L);
        assertThat(expiredAt(5100)).isEmpty();
    }

    @Test
    void sessionsOfABucketExpireInTheOrderInWhichTheyCame() {
        for (long id : new long[] {5, 2, 9, 1}) {
            touched(id, 1000, 7);
        }
        touched(3, 900, 0);
        touched(9, 1000, 9);
        assertThat(expiredAt(5000)).containsExactly(3L, 5L, 2L, 9L, 1L);
    }

    @Test
    void aClosingSessionIsNotTouched() {
        Session session = touched(1, 500, 0);
        session.setClosing(true);
        assertThat(wheel.touch(session, nanos(400))).isFalse();
        assertThat(expiredAt(600)).containsExactly(1L);
        assertThat(wheel.touch(session, nanos(700))).isFalse();
        assertThat(wheel.size()).isZero();
    }

    @Test
    void aRemovedSessionDoesNotExpire() {
        Session first = touched(1, 500, 0);
        touched(2, 500, 0);
        Session alone = touched(3, 900, 0);
        wheel.remove(first);
        wheel.remove(first);
        wheel.remove(alone);
        assertThat(wheel.size()).isEqualTo(1);
        assertThat(expiredAt(2000)).containsExactly(2L);
        wheel.remove(alone);
        assertThat(wheel.size()).isZero();
    }

    @Test
    void theConsumerMayChangeTheWheel() {
        Session first = touched(1, 500, 0);
        Session second = touched(2, 500, 0);
        touched(3, 500, 0);
        wheel.drainExpired(nanos(600), session -> {
            expired.add(session.id());
            if (session == first) {
                wheel.remove(second);
                wheel.touch(first, nanos(600));
            }
        });
        assertThat(expired).containsExactly(1L, 3L);
        assertThat(wheel.size()).isEqualTo(1);
        assertNextDeadline(1200);
        assertThat(expiredAt(1200)).containsExactly(1L);
    }

    @Test
    void aRestartGivesEverybodyAFullTimeout() {
        touched(1, 500, 0);
        touched(2, 900, 0);
        table.open(3, 700);
        wheel.restart(table.inIdOrder(), nanos(10_000));
        assertThat(wheel.size()).isEqualTo(3);
        assertThat(expiredAt(10_599)).isEmpty();
        assertThat(expiredAt(10_600)).containsExactly(1L);
        assertThat(expiredAt(10_800)).containsExactly(3L);
        assertThat(expiredAt(11_000)).containsExactly(2L);
    }

    @Test
    void stopForgetsAll() {
        Session session = touched(1, 500, 0);
        wheel.stop();
        assertThat(wheel.size()).isZero();
        assertThat(expiredAt(10_000)).isEmpty();
        assertThat(wheel.touch(session, nanos(10_000))).isTrue();
        assertThat(expiredAt(10_600)).containsExactly(1L);
    }

    @Test
    void withoutGraceAPauseExpiresEverybodyAtOnce() {
        touched(1, 500, 0);
        touched(2, 5000, 0);
        assertThat(expiredAt(60_000)).containsExactly(1L, 2L);
    }

    @Test
    void afterAPauseNobodyExpiresBeforeTheGraceIsOver() {
        wheel = new ExpiryWheel(TICK, new PauseGrace(50, 4000));
        touched(1, 500, 0);
        touched(2, 900, 0);
        touched(3, 500, 0);
        // Due at 600, looked at at 3600: a pause of 3000, and a grace of as much.
        assertThat(expiredAt(3600)).isEmpty();
        assertNextDeadline(6600);
        touched(3, 500, 3700);
        assertThat(expiredAt(4299)).isEmpty();
        assertThat(expiredAt(4300)).as("heard since, so by its timeout alone").containsExactly(3L);
        assertThat(expiredAt(6599)).isEmpty();
        assertThat(expiredAt(6600)).containsExactly(1L);
        assertThat(expiredAt(6999)).isEmpty();
        assertThat(expiredAt(7000))
                .as("400 were left of it when the pause began")
                .containsExactly(2L);
    }

    @Test
    void graceIsBounded() {
        wheel = new ExpiryWheel(TICK, new PauseGrace(50, 4000));
        touched(1, 500, 0);
        assertThat(expiredAt(1_000_600)).isEmpty();
        assertNextDeadline(1_004_600);
        assertThat(expiredAt(1_004_600)).containsExactly(1L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 50})
    void ordinaryLatenessGrantsNothing(long late) {
        wheel = new ExpiryWheel(TICK, new PauseGrace(50, 4000));
        touched(1, 500, 0);
        assertThat(expiredAt(600 + late)).containsExactly(1L);
    }

    @Test
    void latenessBeyondWhatIsToleratedGrants() {
        wheel = new ExpiryWheel(TICK, new PauseGrace(50, 4000));
        touched(1, 500, 0);
        assertThat(expiredAt(651)).isEmpty();
        assertNextDeadline(702);
        assertThat(expiredAt(702)).containsExactly(1L);
    }

    @Test
    void aSessionTouchedBehindAPauseHasItsTimeoutAndNoMore() {
        wheel = new ExpiryWheel(TICK, new PauseGrace(50, 4000));
        touched(1, 500, 0);
        assertThat(expiredAt(1000)).isEmpty();
        Session session = touched(2, 500, 1000);
        // The wheel's clock is 800 behind: 1000 + 500 is 700 there, whose tick ends at 800.
        assertThat(wheel.expiresAtNanos(session)).isEqualTo(nanos(1600));
        assertThat(expiredAt(1400)).containsExactly(1L);
        assertThat(expiredAt(1600)).containsExactly(2L);
    }

    @Test
    void aRestartForgetsPauses() {
        wheel = new ExpiryWheel(TICK, new PauseGrace(50, 4000));
        touched(1, 500, 0);
        assertThat(expiredAt(1057)).isEmpty();
        wheel.restart(table.inIdOrder(), nanos(2000));
        assertNextDeadline(2600);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new ExpiryWheel(0, PauseGrace.NONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PauseGrace(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PauseGrace(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** C4 and the upper bound together: between T and T + tick after the last touch, whatever happened meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void expiresBetweenTheTimeoutAndOneTickMore(long seed) {
        Random random = new Random(seed);
        Map<Long, Long> lastTouch = new HashMap<>();
        long now = random.nextInt(10_000) - 5000;
        for (int step = 0; step < 20_000; step++) {
            long target = now + random.nextInt(40);
            while (wheel.nextDeadlineNanos() <= nanos(target)) {
                now = wheel.nextDeadlineNanos() / 1_000_000;
                drainAndCheck(now, lastTouch);
            }
            now = target;
            long id = random.nextInt(50);
            if (random.nextInt(10) == 0 && lastTouch.remove(id) != null) {
                wheel.remove(table.open(id, 1));
            } else {
                touched(id, 1 + random.nextInt(random.nextInt(20) == 0 ? 5000 : 700), now);
                lastTouch.put(id, now);
            }
            assertThat(wheel.size()).isEqualTo(lastTouch.size());
        }
        drainAndCheck(now, lastTouch);
    }

    private void drainAndCheck(long now, Map<Long, Long> lastTouch) {
        wheel.drainExpired(nanos(now), session -> {
            long due = lastTouch.remove(session.id()) + session.timeoutMillis();
            assertThat(now).isGreaterThan(due).isLessThanOrEqualTo(due + TICK);
        });
        lastTouch.forEach((id, touch) -> assertThat(touch + timeoutOf(id) + TICK)
                .as("session %d is overdue", id)
                .isGreaterThan(now));
    }

    private int timeoutOf(long id) {
        return Objects.requireNonNull(table.find(id)).timeoutMillis();
    }
}
