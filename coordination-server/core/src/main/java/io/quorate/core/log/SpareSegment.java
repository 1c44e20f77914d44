package io.quorate.core.log;

import io.quorate.core.port.DiskFile;

/**
 * The next segment, prepared ahead under a name that nobody takes for a log: header, reserved space, all of it durable.
 * Opening a segment is then a rename, which a full disk does not refuse for lack of data blocks.
 */
final class SpareSegment {

    private static final DiskFile FILE = SegmentCatalog.SPARE;

    private final LogLane lane;
    private final SpaceRetry.Clock clock;
    private final LogOptions options;
    private Reservation space;
    private Phase phase = Phase.ABSENT;
    /** How much of the space is durable: forced after each step, so that no force has to wait for all of it. */
    private long forcedBytes;

    private enum Phase {
        ABSENT,
        DELETING,
        RESERVING,
        FORCING,
        SEALING,
        READY
    }

    SpareSegment(LogLane lane, SpaceRetry.Clock clock, LogOptions options) {
        this.lane = lane;
        this.clock = clock;
        this.options = options;
        this.space = new Reservation(lane, clock, 0);
    }

    /**
     * Takes the next step of the preparation, if one is due. One command at a time, so that records pass in between.
     *
     * @param stepBytes how much space a step may add
     */
    void prepare(long stepBytes) {
        if (phase == Phase.ABSENT) {
            // What an earlier run left may hold garbage that a crash made of its unforced zeros.
            phase = Phase.DELETING;
            lane.delete(FILE, () -> phase = Phase.RESERVING);
        } else if (phase == Phase.RESERVING && forcedBytes < space.bytes()) {
            phase = Phase.FORCING;
            long bytes = space.bytes();
            lane.force(FILE, () -> {
                forcedBytes = bytes;
                phase = Phase.RESERVING;
            });
        } else if (phase == Phase.RESERVING && space.bytes() < targetBytes()) {
            space.growTo(FILE, Math.min(targetBytes(), space.bytes() + stepBytes));
        } else if (phase == Phase.RESERVING) {
            phase = Phase.SEALING;
            lane.write(FILE, 0, LogFormat.header(), () -> {});
            lane.force(FILE, () -> phase = Phase.READY);
        }
    }

    private long targetBytes() {
        return LogFormat.HEADER_BYTES + (long) options.reserveAheadBytes() + options.reserveStepBytes();
    }

    boolean ready() {
        return phase == Phase.READY;
    }

    /** Size of the file that it becomes. */
    long bytes() {
        return space.bytes();
    }

    boolean refused() {
        return space.refused();
    }

    long nextDeadlineNanos() {
        return space.nextDeadlineNanos();
    }

    /** The file has got its real name: the next spare may be prepared. */
    void onRenamed() {
        phase = Phase.ABSENT;
        forcedBytes = 0;
        space = new Reservation(lane, clock, 0);
    }

    /** The spare is about to be renamed: no longer available. */
    void onTaken() {
        phase = Phase.SEALING;
    }
}
