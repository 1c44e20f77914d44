package io.quorate.runtime.netty;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why connections to a port are closed. Whoever can reach the port causes these lines and has a say in what they
 * contain, so there is one in an interval, which counts those that were left out, and it is one line.
 */
public final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    public static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int LONGEST_REASON = 200;

    private final LongSupplier nanoClock;
    private final String port;
    private boolean hasSpoken;
    private long spokeNanos;
    private long leftOut;

    /** @param port as the lines are to name it, with what there is to say about it */
    public RefusalLog(LongSupplier nanoClock, String port) {
        this.nanoClock = nanoClock;
        this.port = port;
    }

    public void refused(String address, String reason) {
        long now = nanoClock.getAsLong();
        if (hasSpoken && now - spokeNanos < INTERVAL_NANOS) {
            leftOut++;
            LOG.debug("Closed a connection from {} to the {}: {}", address, port, printable(reason));
            return;
        }
        LOG.warn(
                "Closed a connection from {} to the {}: {} ({} more were closed since this was last said)",
                address,
                port,
                printable(reason),
                leftOut);
        hasSpoken = true;
        spokeNanos = now;
        leftOut = 0;
    }

    private static String printable(String text) {
        String start = text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "...";
        return start.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
