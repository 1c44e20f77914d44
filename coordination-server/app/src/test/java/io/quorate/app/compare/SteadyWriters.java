package io.quorate.app.compare;

import java.io.IOException;
import java.time.Instant;
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
        // Now, and not while they write: a pause of this process would be taken for one of the servers.
        System.gc();
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
     * @param anyEnded when it ended, to be laid beside logs of the members
     * @param oneNanos longest time between two acknowledged writes of the same client
     * @param failures writes of unknown fate and attempts to connect that failed
     */
    record Gaps(long anyNanos, Instant anyEnded, long oneNanos, int failures) {}

    /** Ends them all. */
    Gaps finish() {
        writers.forEach(Writer::finish);
        long one = 0;
        int failures = 0;
        int sum = 0;
        for (Writer writer : writers) {
            sum += writer.count;
            failures += writer.failures;
            one = Math.max(one, longest(writer.times()).nanos());
        }
        long[] all = new long[sum];
        int at = 0;
        for (Writer writer : writers) {
            System.arraycopy(writer.times(), 0, all, at, writer.count);
            at += writer.count;
        }
        Arrays.sort(all);
        writers.clear();
        Gap any = longest(all);
        return new Gaps(any.nanos(), Instant.now().minusNanos(System.nanoTime() - any.end()), one, failures);
    }

    /**
     * Between two acknowledged writes.
     *
     * @param end by {@link System#nanoTime}
     */
    private record Gap(long nanos, long end) {}

    private static Gap longest(long[] times) {
        Gap longest = new Gap(0, System.nanoTime());
        for (int i = 1; i < times.length; i++) {
            long gap = times[i] - times[i - 1];
            if (gap > longest.nanos()) {
                longest = new Gap(gap, times[i]);
            }
        }
        return longest;
    }

    @Override
    public void close() {
        finish();
    }
}
