package io.quorate.runtime.loop;

import io.netty.util.NetUtil;
import io.quorate.runtime.netty.NameLookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds addresses by the system's means, which may take many seconds, on threads of its own that exist while there is
 * something to find. The virtual machine remembers an answer for {@code networkaddress.cache.ttl}, half a minute unless
 * set otherwise.
 */
final class ResolverLane implements NameLookup {

    private static final Logger LOG = LoggerFactory.getLogger(ResolverLane.class);
    /** A name server that does not answer for one member must not hold up the others. */
    private static final int THREADS = 5;

    private final Executor replicaThread;
    /** At most one task per host, so that its queue does not grow beyond the number of hosts. */
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                Thread thread = new Thread(work, "resolver");
                thread.setDaemon(true);
                return thread;
            });

    /** Replica thread: who waits for which host. */
    private final Map<String, List<Consumer<List<InetAddress>>>> waiting = new HashMap<>();

    ResolverLane(Executor replicaThread) {
        this.replicaThread = replicaThread;
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void find(String host, Consumer<List<InetAddress>> found) {
        byte[] digits = NetUtil.createByteArrayFromIpAddressString(host);
        if (digits != null) {
            replicaThread.execute(() -> found.accept(literal(host, digits)));
            return;
        }
        List<Consumer<List<InetAddress>>> others = waiting.get(host);
        if (others != null) {
            others.add(found);
            return;
        }
        waiting.put(host, new ArrayList<>(List.of(found)));
        threads.execute(() -> resolve(host));
    }

    private static List<InetAddress> literal(String host, byte[] digits) {
        try {
            return List.of(InetAddress.getByAddress(host, digits));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(host + " has " + digits.length + " bytes", impossible);
        }
    }

    private void resolve(String host) {
        List<InetAddress> addresses;
        try {
            addresses = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException | RuntimeException unknown) {
            LOG.debug("No address for {}: {}", host, unknown.toString());
            addresses = List.of();
        }
        List<InetAddress> answer = addresses;
        try {
            replicaThread.execute(() -> tell(host, answer));
        } catch (RejectedExecutionException stopped) {
            LOG.debug("The server has stopped before an address of {} was found", host);
        }
    }

    private void tell(String host, List<InetAddress> addresses) {
        List<Consumer<List<InetAddress>>> askers = waiting.remove(host);
        if (askers != null) {
            askers.forEach(asker -> asker.accept(addresses));
        }
    }

    /** Lookups under way are left to themselves. */
    void stop() {
        threads.shutdownNow();
    }
}
