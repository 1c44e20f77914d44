package io.quorate.cloud.zk.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands between clients and the server under an address that never changes. It can hold back everything, as a network
 * does that loses packets, lose the answer to one request, and cut every connection. Thread-safe; its threads are
 * daemons.
 */
final class TcpProxy {

    private static final int BUFFER_BYTES = 16_384;

    private final ServerSocket entrance;
    private final AtomicLong requests = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();
    /** Guarded by the lock. */
    private boolean paused;

    /** Operations of which the next request gets no answer; empty for none. */
    private final AtomicReference<Set<Integer>> unanswered = new AtomicReference<>(Set.of());

    private volatile @Nullable InetSocketAddress target;

    TcpProxy() {
        try {
            entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot listen on loopback", failed);
        }
        start("zk-test-proxy", this::accept);
    }

    /** Where clients connect, as {@code host:port}. */
    String address() {
        return entrance.getInetAddress().getHostAddress() + ":" + entrance.getLocalPort();
    }

    /** Where connections go from now on; null refuses them. */
    void forwardTo(@Nullable InetSocketAddress server) {
        target = server;
    }

    /** Requests that all clients have sent so far, without openings of sessions and signs of life. */
    long requestCount() {
        return requests.get();
    }

    /** From now on no byte passes, in either direction; connections stay open. */
    void pause() {
        setPaused(true);
    }

    /** What was held back passes, and everything after it. */
    void resume() {
        setPaused(false);
    }

    private void setPaused(boolean value) {
        lock.lock();
        try {
            paused = value;
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next request of one of these operations passes, and from then on nothing that the server says to the
     * connection that it came over.
     */
    void loseAnswerTo(Set<Integer> operations) {
        unanswered.set(operations);
    }

    /** Ends every connection that is open now. */
    void cut() {
        open.forEach(this::close);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                start("zk-test-proxy-connect", () -> connect(client));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        InetSocketAddress server = target;
        if (server == null) {
            close(client);
            return;
        }
        try {
            awaitResumed();
            Socket onward = new Socket(server.getAddress(), server.getPort());
            client.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
            open.add(client);
            open.add(onward);
            AtomicBoolean mute = new AtomicBoolean();
            FrameReader reader = new FrameReader(operation -> requested(operation, mute));
            start(
                    "zk-test-proxy-up",
                    () -> pump(client, onward, bytes -> {
                        reader.read(bytes.array(), bytes.limit());
                        return true;
                    }));
            start("zk-test-proxy-down", () -> pump(onward, client, bytes -> !mute.get()));
        } catch (IOException refused) {
            close(client);
        } catch (InterruptedException interrupted) {
            close(client);
            Thread.currentThread().interrupt();
        }
    }

    private void requested(int operation, AtomicBoolean mute) {
        requests.incrementAndGet();
        Set<Integer> unlucky = unanswered.get();
        if (unlucky.contains(operation) && unanswered.compareAndSet(unlucky, Set.of())) {
            mute.set(true);
        }
    }

    /** @param passes is shown what came before it goes on, and says whether it may */
    private void pump(Socket from, Socket to, Predicate<ByteBuffer> passes) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitResumed();
                if (passes.test(ByteBuffer.wrap(buffer, 0, count))) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException ended) {
            // One side has gone; the other goes with it below.
        } finally {
            close(from);
            close(to);
        }
    }

    private void awaitResumed() throws InterruptedException {
        lock.lock();
        try {
            while (paused) {
                resumed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
