package io.quorate.runtime.loop;

import io.netty.channel.EventLoop;
import io.quorate.runtime.metrics.TlsCounters;
import io.quorate.runtime.netty.ClientEncryption;
import io.quorate.runtime.tls.TlsOptions;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the loop has to do for encrypted clients: threads that reckon for handshakes, so that a herd of clients that
 * comes back does not hold up those who are there, and a look at the keys now and then. Replica thread only.
 */
final class EncryptionSide {

    private static final Logger LOG = LoggerFactory.getLogger(EncryptionSide.class);

    /** A handshake waits with one step at a time; those of connections that have gone may wait beside it. */
    private static final int STEPS_PER_HANDSHAKE = 2;

    private static final int IDLE_SECONDS = 10;

    private final EventLoop loop;
    private final Duration reload;
    private final ThreadPoolExecutor aside;
    /** For one look at the keys at a time. Files may hang, and handshakes must not wait for them. */
    private final ThreadPoolExecutor look = new ThreadPoolExecutor(
            0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> thread(work, "keys"));

    private final ClientEncryption encryption;

    /** @param maxOfAddress connections of one address that may be about to agree on keys; 0 is no limit */
    EncryptionSide(TlsOptions options, int maxOfAddress, EventLoop loop, TlsCounters counters) {
        this.loop = loop;
        reload = options.reload();
        // At most half of the cores: the other half is for the replica and its disk.
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        aside = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(
                        (int) Math.min(Integer.MAX_VALUE, (long) STEPS_PER_HANDSHAKE * options.maxHandshakes())),
                work -> thread(work, "handshakes"));
        aside.allowCoreThreadTimeOut(true);
        encryption = new ClientEncryption(options, maxOfAddress, aside, counters);
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** For the port that is to encrypt. */
    ClientEncryption encryption() {
        return encryption;
    }

    /** Takes the keys, and looks for others from now on. Throws when they cannot be used. */
    void load() {
        encryption.load();
        if (!reload.isZero()) {
            loop.scheduleWithFixedDelay(this::lookForKeys, reload.toMillis(), reload.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void lookForKeys() {
        try {
            look.execute(encryption::refresh);
        } catch (RejectedExecutionException busy) {
            LOG.warn("New keys are not looked for, because the last look has not come to an end yet");
        }
    }

    void stop() {
        aside.shutdownNow();
        look.shutdownNow();
    }
}
