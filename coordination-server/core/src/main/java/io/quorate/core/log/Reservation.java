package io.quorate.core.log;

import io.quorate.core.port.DiskFile;

/** Space that one file is known to have, growing step by step, one step under way at a time. */
final class Reservation {

    private final LogLane lane;
    private final SpaceRetry retry;
    /** Size of the file that has been confirmed: below it, a write cannot fail for lack of room. */
    private long bytes;

    private boolean underWay;

    Reservation(LogLane lane, SpaceRetry.Clock clock, long bytes) {
        this.lane = lane;
        this.retry = new SpaceRetry(clock);
        this.bytes = bytes;
    }

    /** Asks for this size, unless an answer is outstanding or it is too early to ask a full disk again. */
    void growTo(DiskFile file, long sizeBytes) {
        if (underWay || !retry.mayTry()) {
            return;
        }
        underWay = true;
        lane.reserve(
                file,
                sizeBytes,
                () -> {
                    underWay = false;
                    bytes = sizeBytes;
                    retry.onGranted();
                },
                () -> {
                    underWay = false;
                    retry.onRefused();
                });
    }

    long bytes() {
        return bytes;
    }

    boolean refused() {
        return retry.refused();
    }

    long nextDeadlineNanos() {
        return underWay ? Long.MAX_VALUE : retry.nextDeadlineNanos();
    }
}
