package io.quorate.runtime.loop;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ManualIoEventLoop;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.replica.Recovery;
import io.quorate.core.replica.Replica;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.runtime.disk.ForceWatch;
import io.quorate.runtime.disk.NioDisk;
import io.quorate.runtime.disk.NioDiskImage;
import io.quorate.runtime.metrics.ServerCounters;
import io.quorate.runtime.metrics.ServerStatistics;
import io.quorate.runtime.netty.ClientPort;
import io.quorate.runtime.netty.FourLetterWords;
import io.quorate.runtime.netty.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replica's thread: it drives the sockets itself, so that a request meets no queue between socket and reply. One
 * turn feeds everything that is ready, lets the replica decide, and flushes each connection once.
 */
public final class ServerLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLoop.class);
    private static final Runnable NOTHING = () -> {};
    private static final long IO_BUDGET_NANOS = 5_000_000;
    /** How long a stop waits for the disk. */
    private static final long STOP_NANOS = 10_000_000_000L;
    /** Questions that may wait to be answered aside. */
    private static final int MAX_ASIDE = 64;
    /** A wait longer than any deadline that matters, and short enough for every timer. */
    private static final long MAX_WAIT_NANOS = 3_600_000_000_000L;

    private final LoopSettings settings;
    private final Thread thread;
    private final ManualIoEventLoop io;
    private final Transport transport = Transport.best();
    private final ServerCounters counters = new ServerCounters();
    private final StatusBoard statusBoard = new StatusBoard(counters, System.nanoTime());
    private final Mailbox mailbox;
    private final ClientPort port;
    /** Null where no connection is encrypted. */
    private final @Nullable EncryptionSide encryption;
    /** Null in a server that stands alone. */
    private final @Nullable PeerSide peers;

    private final NioDisk logLane;
    private final NioDisk bulkLane;
    /** For what operators ask and the replica must not wait for. One thread, while there is something. */
    private final ThreadPoolExecutor aside = new ThreadPoolExecutor(
            0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_ASIDE), ServerLoop::asideThread);

    private final CompletableFuture<ClientPorts.Bound> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private volatile boolean stopRequested;
    /** Replica thread only. */
    private long turns;

    public ServerLoop(LoopSettings settings) {
        this.settings = settings;
        thread = new Thread(this::runThread, "replica");
        io = new ManualIoEventLoop(thread, transport.handlers());
        mailbox = new Mailbox(this::wakeUp);
        ClientPorts.Secure secure = settings.clients().secure();
        encryption = secure == null
                ? null
                : new EncryptionSide(
                        secure.tls(), settings.replica().limits().links().maxPerAddress(), io, counters.tls());
        port = new ClientPort(
                settings.replica().limits(),
                new FourLetterWords(settings.facts(), counters, aside),
                encryption == null ? null : encryption.encryption(),
                secure != null && secure.onPlainPort());
        peers = settings.peers() == null
                ? null
                : new PeerSide(
                        settings.peers(), io, transport, settings.replica().limits());
        ForceWatch forces = new ForceWatch(counters.forceTimes(), settings.slowForceMillis());
        logLane = new NioDisk("log-lane", settings.directories(), this::wakeUp, forces);
        bulkLane = new NioDisk("bulk-lane", settings.directories(), this::wakeUp);
    }

    private static Thread asideThread(Runnable work) {
        Thread thread = new Thread(work, "aside");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * From any thread: whatever was handed over before this is seen by a turn that begins after it. A bare wake-up
     * would be lost between two waits; a task is not.
     */
    private void wakeUp() {
        io.execute(NOTHING);
    }

    /**
     * Starts the thread. @return completes with the bound addresses once clients are served, or with what prevented it
     */
    public CompletableFuture<ClientPorts.Bound> start() {
        thread.start();
        return ready;
    }

    /** Stops serving, waits for the disk, ends the thread. Safe to call more than once. */
    public CompletableFuture<Void> stop() {
        stopRequested = true;
        wakeUp();
        return ended;
    }

    /** Completes when the thread has ended; exceptionally when something fatal ended it. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    public <T> CompletableFuture<T> ask(Function<Replica, T> question) {
        CompletableFuture<T> answer = mailbox.ask(question);
        if (ended.isDone()) {
            mailbox.refuseAll();
        }
        return answer;
    }

    /** As of the last publication, a tenth of a second ago at most; null before the server is ready. */
    public @Nullable ReplicaStatus status() {
        StatusBoard.Published published = statusBoard.read();
        return published == null ? null : published.status();
    }

    /** As of the last publication; null before the server is ready. */
    public @Nullable ServerStatistics statistics() {
        StatusBoard.Published published = statusBoard.read();
        return published == null ? null : published.statistics();
    }

    private void runThread() {
        Throwable failure = null;
        try {
            serve();
        } catch (CompletionException loading) {
            failure = loading.getCause();
        } catch (Throwable fatal) {
            failure = fatal;
        }
        failure = release(failure);
        if (failure == null) {
            ready.completeExceptionally(new IllegalStateException("the server was stopped before it served"));
            ended.complete(null);
        } else {
            ready.completeExceptionally(failure);
            ended.completeExceptionally(failure);
        }
        mailbox.refuseAll();
    }

    private void serve() {
        if (encryption != null) {
            encryption.load();
        }
        bind();
        logLane.start();
        bulkLane.start();
        port.open();
        Replica replica = recover();
        if (peers != null) {
            peers.open(replica);
        }
        while (!stopRequested && !replica.takesFrames()) {
            // A new server has no snapshot yet that its log could build upon, and serves nobody before that is on disk.
            turn(replica, MAX_WAIT_NANOS);
        }
        statusBoard.publishNow(replica);
        ready.complete(new ClientPorts.Bound(port.plainAddress(), port.secureAddress()));
        while (!stopRequested) {
            turn(replica, MAX_WAIT_NANOS);
        }
        drainAndStop(replica);
    }

    private void bind() {
        ClientPorts clients = settings.clients();
        InetSocketAddress plain = clients.plain();
        if (plain != null) {
            awaitBound(PortUnavailable.Port.CLIENT, plain, port.bind(io, transport, plain, clients.backlog()));
        }
        InetSocketAddress secure =
                clients.secure() == null ? null : clients.secure().address();
        if (secure != null) {
            awaitBound(PortUnavailable.Port.SECURE, secure, port.bindSecure(io, transport, secure, clients.backlog()));
        }
        if (peers != null) {
            peers.bind(this::awaitBound);
        }
    }

    private void awaitBound(PortUnavailable.Port which, InetSocketAddress address, ChannelFuture bound) {
        while (!bound.isDone()) {
            io.run(IO_BUDGET_NANOS);
        }
        if (!bound.isSuccess()) {
            throw new PortUnavailable(which, address, bound.cause());
        }
    }

    /**
     * Loads the data on a thread of its own, and meanwhile answers who asks how the server is. The replica, and the
     * ports that it was built with, are handed over when that thread has done with them.
     */
    private Replica recover() {
        CompletableFuture<Replica> recovered = new CompletableFuture<>();
        Thread recovery = new Thread(
                () -> {
                    try {
                        recovered.complete(load());
                    } catch (Throwable failed) {
                        recovered.completeExceptionally(failed);
                    }
                    wakeUp();
                },
                "recovery");
        recovery.setDaemon(true);
        recovery.start();
        while (!recovered.isDone()) {
            io.run(MAX_WAIT_NANOS, IO_BUDGET_NANOS);
            port.answerWithoutReplica();
        }
        return recovered.join();
    }

    private Replica load() {
        ServerEvents events = new EventLog(counters, System::nanoTime);
        SplittableRandom random = new SplittableRandom();
        Recovery recovery =
                new Recovery(settings.replica(), new NioDiskImage(settings.directories()), LOG::info, LOG::warn);
        Recovery.Ports ports = new Recovery.Ports(
                port, logLane, bulkLane, events, bound -> random.nextLong(bound), peers == null ? null : peers.links());
        return recovery.recover(ports, System.nanoTime(), System.currentTimeMillis());
    }

    /** Taken so far. To be read on the replica thread, within a question. */
    long turns() {
        return turns;
    }

    private void turn(Replica replica, long maxWaitNanos) {
        turns++;
        io.run(waitNanos(replica, maxWaitNanos), IO_BUDGET_NANOS);
        long now = System.nanoTime();
        replica.onTime(now, System.currentTimeMillis());
        logLane.drainCompletions(replica::onDiskCompleted);
        bulkLane.drainCompletions(replica::onDiskCompleted);
        if (peers != null) {
            // Before the clients: heartbeats and acknowledgements must not starve behind them.
            peers.drain();
        }
        port.drain(replica);
        mailbox.drain(replica);
        replica.endOfTurn();
        if (peers != null) {
            peers.flush();
        }
        port.flushTouched();
        statusBoard.publish(replica, now);
        String fatal = replica.fatalFailure();
        if (fatal != null) {
            throw new FatalDiskFailure(fatal);
        }
    }

    /** Netty reads 0 as "block until woken" and negative as "poll"; this never returns 0 by accident. */
    private long waitNanos(Replica replica, long maxWaitNanos) {
        if (port.hasMore() || mailbox.hasMore() || peers != null && peers.hasMore()) {
            return -1;
        }
        long deadline = Math.min(replica.nextDeadlineNanos(), statusBoard.nextDeadlineNanos());
        long wait = deadline == Long.MAX_VALUE ? maxWaitNanos : deadline - System.nanoTime();
        return wait <= 0 ? -1 : Math.min(wait, maxWaitNanos);
    }

    /** Clients are told off first; what they have been promised is on its way to the disk and gets there. */
    private void drainAndStop(Replica replica) {
        port.stopAccepting();
        replica.closeClients();
        port.flushTouched();
        long deadline = System.nanoTime() + STOP_NANOS;
        for (long left = STOP_NANOS; left > 0 && !replica.isQuiet(); left = deadline - System.nanoTime()) {
            turn(replica, left);
        }
        statusBoard.publishNow(replica);
    }

    /** Gives everything back, whatever happened before; returns the first failure. */
    private @Nullable Throwable release(@Nullable Throwable failure) {
        Throwable first = failure;
        first = attempt(port::closeAll, first);
        first = attempt(port::stopAccepting, first);
        first = attempt(aside::shutdownNow, first);
        if (encryption != null) {
            first = attempt(encryption::stop, first);
        }
        if (peers != null) {
            first = attempt(peers::close, first);
        }
        first = attempt(() -> logLane.stop((ticket, outcome) -> {}), first);
        first = attempt(() -> bulkLane.stop((ticket, outcome) -> {}), first);
        first = attempt(this::endIo, first);
        first = attempt(port::discardArrivals, first);
        if (peers != null) {
            first = attempt(peers::discard, first);
        }
        if (logLane.hasEnded() && bulkLane.hasEnded()) {
            first = attempt(settings.directories()::close, first);
        } else {
            LOG.warn("The data directory stays locked until the process ends: the disk may still write to it");
        }
        return first;
    }

    private void endIo() {
        io.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!io.isTerminated()) {
            io.run(-1, IO_BUDGET_NANOS);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** One step of giving back, which must not keep the others from being taken. */
    private static @Nullable Throwable attempt(Step step, @Nullable Throwable first) {
        try {
            step.run();
            return first;
        } catch (IOException | RuntimeException | Error failed) {
            LOG.warn("The server could not give everything back: {}", failed.toString());
            return first == null ? failed : first;
        }
    }
}
