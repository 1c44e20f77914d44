package io.quorate.runtime.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.txn.Zxid;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void leadersComeAndGoAndEveryTermTakesWrites() {
        long zxid = Rehearsal.play(() -> {});
        assertThat(Zxid.epoch(zxid)).as("terms").isGreaterThan(Rehearsal.LEADERS);
        assertThat(Zxid.counter(zxid)).as("writes of the last term").isPositive();
    }
}
