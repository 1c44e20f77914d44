package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskOutcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimDiskTest {

    private static final DiskFile FILE = DiskFile.log("log.1");
    private static final int BYTES = 3 * SimFile.PAGE_BYTES;

    private SimScheduler scheduler;
    private SimDiskState state;
    private SimDisk lane;

    private void newDisk(long seed) {
        SimRandom random = new SimRandom(seed);
        scheduler = new SimScheduler(random);
        state = new SimDiskState(random);
        lane = new SimDisk(state, scheduler, random, () -> {});
    }

    private List<DiskOutcome> settle() {
        while (scheduler.step()) {
            continue;
        }
        List<DiskOutcome> outcomes = new ArrayList<>();
        lane.drainCompletions((ticket, outcome) -> outcomes.add(outcome));
        return outcomes;
    }

    private static ByteBuffer filled(int bytes, int value) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    private byte[] content() {
        ByteBuffer all = ByteBuffer.allocate(state.existing(FILE).size());
        state.existing(FILE).read(0, all);
        return all.array();
    }

    @Test
    void aCrashKeepsWhatWasForcedAndDoesAnythingToTheRest() {
        boolean kept = false;
        boolean dropped = false;
        boolean garbled = false;
        Set<Integer> sizes = new HashSet<>();
        for (int seed = 0; seed < 300; seed++) {
            newDisk(seed);
            lane.write(1, FILE, 0, filled(1_000, 1));
            lane.force(2, FILE);
            lane.write(3, FILE, 1_000, filled(BYTES - 1_000, 2));
            settle();
            state.crash();
            byte[] after = content();
            sizes.add(after.length);
            for (int i = 0; i < after.length; i++) {
                if (i < 1_000) {
                    assertThat(after[i]).isEqualTo((byte) 1);
                } else {
                    kept |= after[i] == 2;
                    dropped |= after[i] == 0;
                    garbled |= after[i] != 0 && after[i] != 2;
                }
            }
        }
        assertThat(kept && dropped && garbled).isTrue();
        assertThat(sizes).contains(1_000, BYTES);
    }

    @Test
    void aNameMayBeLostUntilItIsForced() {
        Set<Boolean> unforced = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            newDisk(seed);
            lane.write(1, FILE, 0, filled(10, 1));
            settle();
            state.crash();
            unforced.add(state.exists(FILE));
            newDisk(seed);
            lane.write(1, FILE, 0, filled(10, 1));
            lane.force(2, FILE);
            lane.rename(3, FILE, DiskFile.log("log.2"));
            settle();
            state.crash();
            assertThat(state.exists(FILE)).isFalse();
            assertThat(state.existing(DiskFile.log("log.2")).size()).isEqualTo(10);
        }
        assertThat(unforced).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void whatAFailedForceGaveUpIsLostWhateverIsForcedLater() {
        Set<Byte> survived = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            newDisk(seed);
            lane.reserve(1, FILE, 10);
            lane.force(2, FILE);
            settle();
            lane.failForces(1);
            lane.write(3, FILE, 0, filled(10, 7));
            lane.force(4, FILE);
            lane.force(5, FILE);
            List<DiskOutcome> outcomes = settle();
            assertThat(outcomes.get(1)).isInstanceOf(DiskOutcome.Failed.class);
            assertThat(outcomes.get(2)).isEqualTo(DiskOutcome.DONE);
            assertThat(content()[0]).as("still shown").isEqualTo((byte) 7);
            state.crash();
            survived.add(content()[0]);
        }
        assertThat(survived).containsExactlyInAnyOrder((byte) 0, (byte) 7);
    }

    @Test
    void aFullDiskRefusesToGrow() {
        newDisk(1);
        state.setCapacity(100);
        lane.reserve(1, FILE, 100);
        lane.reserve(2, FILE, 101);
        lane.write(3, FILE, 0, filled(100, 1));
        List<DiskOutcome> outcomes = settle();
        assertThat(outcomes.get(0)).isEqualTo(DiskOutcome.DONE);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        DiskOutcome.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(DiskOutcome.Cause.NO_SPACE));
        assertThat(outcomes.get(2)).as("within what is reserved").isEqualTo(DiskOutcome.DONE);
    }

    @Test
    void aStoppedLaneCompletesNothing() {
        newDisk(1);
        lane.write(1, FILE, 0, filled(10, 1));
        lane.write(2, FILE, 10, filled(10, 1));
        lane.stop();
        assertThat(settle()).isEmpty();
    }

    @Test
    void rotChangesOneBitOnTheMediumToo() {
        newDisk(1);
        lane.write(1, FILE, 0, filled(10, 0));
        lane.force(2, FILE);
        settle();
        state.rot(FILE, 3, 2);
        state.crash();
        assertThat(content()).containsExactly(0, 0, 0, 4, 0, 0, 0, 0, 0, 0);
    }
}
