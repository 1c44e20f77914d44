package io.quorate.runtime.disk;

import io.quorate.runtime.metrics.ForceTimes;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches how long the forces of a lane take, and complains of slow ones. Owned by the lane's thread. */
public final class ForceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ForceWatch.class);

    private final ForceTimes times;
    private final int slowMillis;

    /** @param slowMillis a force that takes longer is slow */
    public ForceWatch(ForceTimes times, int slowMillis) {
        this.times = times;
        this.slowMillis = slowMillis;
    }

    /** A force of {@code file}, which has {@code sizeBytes} by now, has taken {@code nanos}. */
    void forced(Path file, long sizeBytes, long nanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        boolean slow = millis > slowMillis;
        times.record(nanos, slow);
        if (slow) {
            LOG.warn(
                    "Forcing {} ({} bytes) to disk took {} ms, more than coordination.fsync.warningthresholdms={};"
                            + " every write waited for it. Give the transaction log a disk of its own with"
                            + " coordination.data-log-dir, or a faster one",
                    file,
                    sizeBytes,
                    millis,
                    slowMillis);
        }
    }
}
