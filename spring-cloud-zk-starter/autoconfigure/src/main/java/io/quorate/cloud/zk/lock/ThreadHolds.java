package io.quorate.cloud.zk.lock;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which thread holds which lock how often. Knows only locks that are held. Thread-safe. */
final class ThreadHolds {

    private final ZkDistributedLocks locks;
    private final Map<Key, Hold> holds = new ConcurrentHashMap<>();

    private record Key(Thread owner, String lock) {}

    /** Touched only by the thread that owns it. */
    private static final class Hold {

        private final LockHandle handle;
        private int count = 1;

        Hold(LockHandle handle) {
            this.handle = handle;
        }
    }

    ThreadHolds(ZkDistributedLocks locks) {
        this.locks = locks;
    }

    ZkDistributedLocks locks() {
        return locks;
    }

    /**
     * Takes the lock once more, if this thread holds it.
     *
     * @throws LockLostException when it held the lock and has lost it, or it was given back as the application stopped
     */
    boolean reenter(String lock) {
        Hold hold = holds.get(key(lock));
        if (hold == null) {
            return false;
        }
        if (hold.handle instanceof HeldLock held && held.state() != HeldLock.State.HELD) {
            throw new LockLostException(lock);
        }
        hold.count = Math.incrementExact(hold.count);
        return true;
    }

    /** This thread holds the lock from now on. */
    void hold(LockHandle handle) {
        holds.put(key(handle.name()), new Hold(handle));
    }

    /**
     * Gives the lock back once.
     *
     * @throws IllegalMonitorStateException when this thread does not hold it
     * @throws LockLostException when this was the last time, and the lock was lost
     */
    void release(String lock) {
        Key key = key(lock);
        Hold hold = holds.get(key);
        if (hold == null) {
            throw new IllegalMonitorStateException("The lock '" + lock + "' is not held by this thread");
        }
        hold.count--;
        if (hold.count > 0) {
            return;
        }
        holds.remove(key);
        boolean lost = isLost(hold.handle);
        hold.handle.close();
        if (lost) {
            throw new LockLostException(lock);
        }
    }

    private static boolean isLost(LockHandle handle) {
        return handle instanceof HeldLock held && held.state() == HeldLock.State.LOST;
    }

    private static Key key(String lock) {
        return new Key(Thread.currentThread(), lock);
    }
}
