package io.quorate.app.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Clients that write without a pause, each in a thread of its own, and remember when each write was acknowledged. */
final class SteadyWriters implements AutoCloseable {

    private static final long POLL_NANOS = 1_000_000;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    /** Opens the session of one writer. */
    interface Opener {
        WriteSession open(int writer) throws IOException;
    }

    private final List<Writer> writers = new ArrayList<>();

    SteadyWriters(int count, Opener opener) throws IOException {
        for (int i = 0; i < count; i++) {
            writers.add(new Writer(opener.open(i)));
        }
        writers.forEach(Thread::start);
    }

    private static final class Writer extends Thread {
        private final WriteSession session;
        private long[] acknowledged = new long[1 << 16];
        private volatile int count;
        private volatile int failures;
        private volatile boolean ended;

        Writer(WriteSession session) {
            super("writer");
            this.session = session;
        }

        @Override
        public void run() {
            while (!ended) {
                try {
                    session.write();
                    if (count == acknowledged.length) {
                        acknowledged = Arrays.copyOf(acknowledged, 2 * count);
                    }
                    acknowledged[count] = System.nanoTime();
                    count = count + 1;
                } catch (IOException lost) {
                    failures = failures + 1;
                }
            }
        }

        void finish() {
            ended = true;
            try {
                join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            session.close();
        }

        long[] times() {
            return Arrays.copyOf(acknowledged, count);
        }
    }

    /** Waits until each of them has so many more acknowledged writes. */
    void awaitMore(int writes) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (Writer writer : writers) {
            int wanted = writer.count + writes;
            while (writer.count < wanted) {
                if (System.nanoTime() > deadline || !writer.isAlive()) {
                    throw new IOException("a client does not get its writes acknowledged");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    /**
     * How long nobody's write was acknowledged, and how long one client had to wait.
     *
     * @param anyNanos longest time between two acknowledged writes, whoever wrote
     * @param oneNanos longest time between two acknowledged writes of the same client
     * @param failures writes of unknown fate and attempts to connect that failed
     */
    record Gaps(long anyNanos, long oneNanos, int failures) {}

    /** Ends them all. */
    Gaps finish() {
        writers.forEach(Writer::finish);
        long one = 0;
        int failures = 0;
        int sum = 0;
        for (Writer writer : writers) {
            sum += writer.count;
            failures += writer.failures;
            one = Math.max(one, longest(writer.times()));
        }
        long[] all = new long[sum];
        int at = 0;
        for (Writer writer : writers) {
            System.arraycopy(writer.times(), 0, all, at, writer.count);
            at += writer.count;
        }
        Arrays.sort(all);
        writers.clear();
        return new Gaps(longest(all), one, failures);
    }

    private static long longest(long[] times) {
        long longest = 0;
        for (int i = 1; i < times.length; i++) {
            longest = Math.max(longest, times[i] - times[i - 1]);
        }
        return longest;
    }

    @Override
    public void close() {
        finish();
    }
}
