package io.quorate.sample.proof;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How long an instance took to tell how it is, call after call.
 *
 * @param statuses how many answers had which status
 */
record HealthTimes(double medianMillis, double p99Millis, double maxMillis, Map<Integer, Integer> statuses) {

    /** A thousand for figures that are to be kept: {@code -Dsample.health-calls=1000}. */
    private static final int CALLS = Integer.getInteger("sample.health-calls", 100);

    private static final double PERCENTILE = 0.99;

    static HealthTimes of(Application application) {
        long[] nanos = new long[CALLS];
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < CALLS; i++) {
            long begun = System.nanoTime();
            int status = statusOf(application);
            nanos[i] = System.nanoTime() - begun;
            statuses.merge(status, 1, Integer::sum);
        }
        Arrays.sort(nanos);
        return new HealthTimes(
                millis(nanos[CALLS / 2]),
                millis(nanos[(int) Math.ceil(CALLS * PERCENTILE) - 1]),
                millis(nanos[CALLS - 1]),
                statuses);
    }

    static int statusOf(Application application) {
        return application.get("/actuator/health").statusCode();
    }

    private static double millis(long nanos) {
        return (double) nanos / TimeUnit.MILLISECONDS.toNanos(1);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "median %.1f ms, p99 %.1f ms, longest %.1f ms; statuses %s",
                medianMillis,
                p99Millis,
                maxMillis,
                statuses);
    }
}
