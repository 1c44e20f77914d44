package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskImage;
import io.quorate.simulation.contract.DiskContract;

class SimDiskContractTest extends DiskContract {

    private final SimRandom random = new SimRandom(1);
    private final SimScheduler scheduler = new SimScheduler(random);
    private final SimDiskState state = new SimDiskState(random);
    private final SimDisk lane = new SimDisk(state, scheduler, random, () -> {});

    @Override
    protected Disk lane() {
        return lane;
    }

    @Override
    protected DiskImage image() {
        return new SimDiskImage(state);
    }

    @Override
    protected void awaitCompletions(Disk.Completions sink) {
        assertThat(scheduler.step()).as("something under way").isTrue();
        lane.drainCompletions(sink);
    }
}
