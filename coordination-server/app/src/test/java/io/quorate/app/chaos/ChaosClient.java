package io.quorate.app.chaos;

import java.time.Duration;
import java.util.Random;
import org.apache.zookeeper.KeeperException;

/** Asks for one thing after the other until it is told to stop. A thread of its own. */
abstract class ChaosClient implements Runnable {

    /** Of the two kinds of patience: one that outlives most faults, one that does not. */
    private static final int[] TIMEOUTS_MILLIS = {6_000, 18_000};

    private final Session session;
    private final int pauseMillis;
    final Ledger ledger;
    final Random random;
    private volatile boolean stopped;

    /** @param pauseMillis between two steps, on average */
    ChaosClient(Ensemble ensemble, Ledger ledger, Random random, int pauseMillis) {
        this.ledger = ledger;
        this.random = random;
        this.pauseMillis = pauseMillis;
        session = new Session(ensemble.connectString(random), TIMEOUTS_MILLIS[random.nextInt(TIMEOUTS_MILLIS.length)]);
    }

    /** Does something, and records what it was told. What it throws is counted only. */
    abstract void step(Session ready) throws KeeperException, InterruptedException;

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                if (session.isReady()) {
                    tryStep();
                }
                Waiting.pass(Duration.ofMillis(random.nextInt(2 * pauseMillis)));
            }
            session.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            ledger.anomaly("a client broke: " + broken);
        }
    }

    private void tryStep() throws InterruptedException {
        try {
            step(session);
        } catch (KeeperException failed) {
            ledger.exception(failed.code().name());
        }
    }
}
