package io.quorate.runtime.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Puts load on one server or ensemble. It works below a node of its own, which it creates when it is opened and
 * removes, with all that it has created, when it is closed. Used by one thread, which is kept busy.
 */
public final class LoadGenerator implements AutoCloseable {

    private static final String ROOT = "/quorate-bench-";
    private static final String KEY = "/k";
    private static final String CREATED = "/c";
    private static final String PARENT = "/p";
    private static final String FILLED = "/n";
    private static final int MIX_PERCENT_WRITES = 10;
    private static final long SEED = 0x5eed;
    private static final long NO_END = 1_000_000_000L;
    private static final int CHILDREN_PER_PARENT = 1000;
    private static final byte[] NO_DATA = {};

    private final List<InetSocketAddress> servers;
    private final LoadOptions options;
    private final LoadDriver driver;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final byte[] value;
    /** Number at the end of the root's name: another one in each run, for what an interrupted run has left behind. */
    private final long rootNumber;

    private final String root;
    /** Nodes created by the workload of that name so far. */
    private long created;
    /** Nodes that {@link #fill} has created so far. */
    private long filled;

    /**
     * Opens the sessions and creates the nodes that are to be read and overwritten.
     *
     * @param servers one, or members of one ensemble over which connections are spread
     * @throws BenchFailure when a server does not do what it should
     */
    public LoadGenerator(List<InetSocketAddress> servers, LoadOptions options) throws IOException {
        this.servers = List.copyOf(servers);
        this.options = options;
        value = new byte[options.valueBytes()];
        new SplittableRandom(SEED).nextBytes(value);
        rootNumber = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) % NO_END;
        root = ROOT + number(rootNumber);
        driver = new LoadDriver(this.servers, options.connections(), options.inFlight());
        toEnd(RequestTemplate.create(ROOT, NO_DATA), rootNumber, rootNumber + 1);
        toEnd(RequestTemplate.create(root + KEY, value), 0, options.keys());
    }

    /**
     * Measures one workload from beginning to end, and leaves nothing behind.
     *
     * @throws BenchFailure when a server does not do what it should
     */
    public static LoadResult measure(List<InetSocketAddress> servers, LoadOptions options, Workload workload)
            throws IOException {
        if (workload == Workload.SESSIONS) {
            // Without sessions of its own: a server admits only so many connections from one address.
            return new SessionLoad(servers, options.connections())
                    .run(nanos(options.warmUpMillis()), nanos(options.measureMillis()));
        }
        try (LoadGenerator generator = new LoadGenerator(servers, options)) {
            return generator.run(workload);
        }
    }

    private static long nanos(int millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Runs a workload, any but the one of sessions, and measures it. */
    LoadResult run(Workload workload) throws IOException {
        long warmUp = nanos(options.warmUpMillis());
        long measure = nanos(options.measureMillis());
        RequestSource source = source(workload);
        LoadResult result = options.ratePerSecond() == 0
                ? driver.run(source, warmUp, measure)
                : driver.runAtRate(source, warmUp, measure, options.ratePerSecond());
        if (source instanceof RequestSource.InOrder creates) {
            created = creates.next();
        }
        return result;
    }

    /** Creates nodes, a thousand to a parent. The rate tells nothing of a server at work: it is a preparation. */
    public LoadResult fill(int nodes) throws IOException {
        long last = filled + nodes;
        toEnd(RequestTemplate.create(root + PARENT, NO_DATA), parentsOf(filled), parentsOf(last));
        LoadResult result = toEnd(new RequestSource.Spread(
                parent -> RequestTemplate.create(child(parent), value), CHILDREN_PER_PARENT, filled, last));
        filled = last;
        return result;
    }

    /** The beginning of the names of a parent's children. */
    private String child(int parent) {
        return root + PARENT + number(parent) + FILLED;
    }

    private static String number(long number) {
        return String.format("%0" + RequestTemplate.DIGITS + "d", number);
    }

    private static long parentsOf(long nodes) {
        return (nodes + CHILDREN_PER_PARENT - 1) / CHILDREN_PER_PARENT;
    }

    private RequestSource source(Workload workload) {
        RequestSource sets =
                new RequestSource.AtRandom(RequestTemplate.set(root + KEY, value), options.keys(), random.split());
        RequestSource gets =
                new RequestSource.AtRandom(RequestTemplate.get(root + KEY), options.keys(), random.split());
        return switch (workload) {
            case SET -> sets;
            case GET -> gets;
            case MIX -> new RequestSource.Mixed(gets, sets, MIX_PERCENT_WRITES, random.split());
            case CREATE -> new RequestSource.InOrder(RequestTemplate.create(root + CREATED, value), created, NO_END);
            case SESSIONS -> throw new IllegalArgumentException("sessions are not made of requests");
        };
    }

    private void toEnd(RequestTemplate template, long start, long end) throws IOException {
        toEnd(new RequestSource.InOrder(template, start, end));
    }

    private LoadResult toEnd(RequestSource source) throws IOException {
        LoadResult result = driver.runToEnd(source);
        if (result.errors() > 0) {
            throw new BenchFailure(result.errors() + " of " + result.operations() + " requests that prepare or clear "
                    + root + " on " + servers + " failed");
        }
        return result;
    }

    /** Leaves everything behind: the sessions are closed, the nodes stay. */
    public void closeAndKeep() throws IOException {
        driver.close();
    }

    /** Removes the nodes and ends the sessions. */
    @Override
    public void close() throws IOException {
        try (driver) {
            clear();
        }
    }

    private void clear() throws IOException {
        toEnd(new RequestSource.Spread(
                parent -> RequestTemplate.delete(child(parent)), CHILDREN_PER_PARENT, 0, filled));
        toEnd(RequestTemplate.delete(root + PARENT), 0, parentsOf(filled));
        toEnd(RequestTemplate.delete(root + CREATED), 0, created);
        toEnd(RequestTemplate.delete(root + KEY), 0, options.keys());
        toEnd(RequestTemplate.delete(ROOT), rootNumber, rootNumber + 1);
    }
}
