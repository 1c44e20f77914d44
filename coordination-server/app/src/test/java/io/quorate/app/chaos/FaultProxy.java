package io.quorate.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Carries connections on loopback, and does to them what the condition of their wires says. One thread of its own. */
final class FaultProxy implements AutoCloseable {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * Where a listener's connections go.
     *
     * @param there from whoever dials to the target
     * @param announced what election greetings are to say; null where there are none
     */
    record Route(
            Wire there, Wire back, int targetPort, @Nullable String announced) {}

    private final Selector selector;
    private final Thread thread = new Thread(this::run, "fault-proxy");
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    /** Of the proxy's thread. */
    private final List<Pipe> pipes = new ArrayList<>();

    private volatile boolean closed;
    /** Why the thread ended early; null while all is well. */
    private volatile @Nullable Throwable failure;

    FaultProxy() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins to carry connections to a route's target. */
    void open(int port, Route route) {
        try {
            ServerSocketChannel listener =
                    ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener.configureBlocking(false);
            listeners.add(listener);
            onThread(() -> register(listener, route));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " of the proxy", e);
        }
    }

    private void register(ServerSocketChannel listener, Route route) {
        try {
            listener.register(selector, SelectionKey.OP_ACCEPT, route);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be called when the conditions of wires have changed. */
    void applyConditions() {
        onThread(() -> pipes.forEach(pipe -> {
            if (pipe.isCut()) {
                pipe.reset();
            }
        }));
    }

    /** Ends every connection over a wire; what it held is lost. */
    void reset(Wire wire) {
        onThread(() -> pipes.forEach(pipe -> {
            if (pipe.uses(wire)) {
                pipe.reset();
            }
        }));
    }

    private void onThread(Runnable task) {
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the proxy has failed", failed);
        }
        tasks.add(task);
        selector.wakeup();
    }

    private void run() {
        try {
            while (!closed) {
                turn();
            }
        } catch (IOException | RuntimeException failed) {
            failure = failed;
        }
        pipes.forEach(Pipe::reset);
    }

    private void turn() throws IOException {
        selector.select(TimeUnit.NANOSECONDS.toMillis(waitNanos()) + 1);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (!key.isValid()) {
                continue;
            }
            if (key.attachment() instanceof Route route) {
                accept((ServerSocketChannel) key.channel(), route);
            } else {
                ((Pipe) key.attachment()).ready(key);
            }
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        pipes.forEach(pipe -> pipe.pump(now));
        pipes.removeIf(pipe -> !pipe.isOpen());
    }

    private long waitNanos() {
        long due = Long.MAX_VALUE;
        for (Pipe pipe : pipes) {
            due = Math.min(due, pipe.dueNanos());
        }
        return due == Long.MAX_VALUE
                ? LONGEST_WAIT_NANOS
                : Math.min(LONGEST_WAIT_NANOS, Math.max(0, due - System.nanoTime()));
    }

    private void accept(ServerSocketChannel listener, Route route) throws IOException {
        SocketChannel accepted = listener.accept();
        if (accepted == null) {
            return;
        }
        Pipe pipe = new Pipe(selector, accepted, route);
        if (pipe.isCut()) {
            pipe.reset();
        } else {
            pipes.add(pipe);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            for (ServerSocketChannel listener : listeners) {
                listener.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the proxy has failed", failed);
        }
    }
}
