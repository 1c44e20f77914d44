package io.quorate.runtime.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a number of connections busy, from one thread. Without a rate each answer makes room for the next request;
 * with a rate requests begin on time, and one that finds all connections full counts from when it should have begun.
 */
final class LoadDriver implements AutoCloseable {

    private static final long SILENCE_NANOS = 60_000_000_000L;
    private static final long POLL_MILLIS = 100;
    /** Resolution of a fixed rate: as short as the system's timers are. */
    private static final long PARK_NANOS = 20_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Selector selector;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final List<InetSocketAddress> servers;
    private final Tally tally = new Tally();

    /** What is to be sent; a source that has ended while the last answers are awaited. */
    private RequestSource source = new RequestSource.InOrder(RequestTemplate.get("/"), 0, 0);
    /** Whether answers make room for the next request at once. */
    private boolean refills;
    /** Whether new requests may begin. */
    private boolean begins;

    private int turn;
    private long lastAnswerNanos;

    /** Opens the sessions, spread evenly over the servers. */
    LoadDriver(List<InetSocketAddress> servers, int count, int inFlight) throws IOException {
        this.servers = servers;
        selector = Selector.open();
        for (int i = 0; i < count; i++) {
            connections.add(LoadConnection.open(servers.get(i % servers.size()), inFlight, selector));
        }
    }

    /** As fast as answers come, for a time. */
    LoadResult run(RequestSource requests, long warmUpNanos, long measureNanos) throws IOException {
        begin(requests, true);
        long start = System.nanoTime();
        fillAll(start);
        untilTime(start + warmUpNanos);
        tally.begin(System.nanoTime());
        untilTime(start + warmUpNanos + measureNanos);
        LoadResult result = tally.end(System.nanoTime());
        drain();
        return result;
    }

    /** As fast as answers come, to the end of a source that has one. */
    LoadResult runToEnd(RequestSource requests) throws IOException {
        begin(requests, true);
        tally.begin(System.nanoTime());
        fillAll(System.nanoTime());
        while (requests.hasNext() || outstanding() > 0) {
            select();
        }
        return tally.end(System.nanoTime());
    }

    /** So many per second, for a time. */
    LoadResult runAtRate(RequestSource requests, long warmUpNanos, long measureNanos, int ratePerSecond)
            throws IOException {
        begin(requests, false);
        long start = System.nanoTime();
        long measureFrom = start + warmUpNanos;
        long end = measureFrom + measureNanos;
        boolean measuring = false;
        long begun = 0;
        for (long now = start; now < end; now = System.nanoTime()) {
            if (!measuring && now >= measureFrom) {
                measuring = true;
                tally.begin(now);
            }
            begun = beginDue(start, begun, now, ratePerSecond);
            if (selector.selectNow(this::ready) == 0) {
                LockSupport.parkNanos(PARK_NANOS);
            }
            failOnSilence(now);
        }
        LoadResult result = tally.end(System.nanoTime());
        drain();
        return result;
    }

    /** Begins what should have begun by now, as far as there is room. @return how many have begun so far */
    private long beginDue(long start, long begunBefore, long now, int ratePerSecond) throws IOException {
        long begun = begunBefore;
        long due = start + begun * NANOS_PER_SECOND / ratePerSecond;
        int full = 0;
        while (due <= now && full < connections.size()) {
            LoadConnection connection = connections.get(turn++ % connections.size());
            if (connection.isFull()) {
                full++;
                continue;
            }
            full = 0;
            connection.begin(source, due);
            connection.flush();
            begun++;
            due = start + begun * NANOS_PER_SECOND / ratePerSecond;
        }
        return begun;
    }

    private void begin(RequestSource requests, boolean refill) {
        source = requests;
        refills = refill;
        begins = true;
        turn = 0;
        lastAnswerNanos = System.nanoTime();
    }

    private void fillAll(long now) throws IOException {
        for (LoadConnection connection : connections) {
            connection.fill(source, now);
        }
    }

    private void untilTime(long endNanos) throws IOException {
        while (System.nanoTime() < endNanos) {
            select();
        }
    }

    private void drain() throws IOException {
        begins = false;
        while (outstanding() > 0) {
            select();
        }
    }

    private int outstanding() {
        int sum = 0;
        for (LoadConnection connection : connections) {
            sum += connection.outstanding();
        }
        return sum;
    }

    private void select() throws IOException {
        selector.select(this::ready, POLL_MILLIS);
        failOnSilence(System.nanoTime());
    }

    private void failOnSilence(long now) {
        if (now - lastAnswerNanos > SILENCE_NANOS && outstanding() > 0) {
            throw new BenchFailure("no answer from " + servers + " for " + SILENCE_NANOS / NANOS_PER_SECOND + " s with "
                    + outstanding() + " requests on their way");
        }
    }

    private void ready(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        try {
            if (key.isReadable()) {
                lastAnswerNanos = System.nanoTime();
                connection.receive(lastAnswerNanos, tally);
                if (refills && begins) {
                    connection.fill(source, lastAnswerNanos);
                }
            }
            if (key.isWritable()) {
                connection.flush();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("a connection to " + servers + " failed", failed);
        }
    }

    /** Ends the sessions. */
    @Override
    public void close() throws IOException {
        try {
            for (LoadConnection connection : connections) {
                connection.closeSession();
            }
        } finally {
            for (LoadConnection connection : connections) {
                connection.close();
            }
            selector.close();
        }
    }
}
