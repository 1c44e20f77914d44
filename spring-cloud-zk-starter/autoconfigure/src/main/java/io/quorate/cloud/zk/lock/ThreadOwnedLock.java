package io.quorate.cloud.zk.lock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** A lock as Java knows them. */
final class ThreadOwnedLock implements Lock {

    private final String name;
    private final ThreadHolds holds;

    ThreadOwnedLock(String name, ThreadHolds holds) {
        this.name = name;
        this.holds = holds;
    }

    @Override
    public void lock() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    lockInterruptibly();
                    return;
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        if (!holds.reenter(name)) {
            holds.hold(holds.locks().acquireUnlimited(name));
        }
    }

    @Override
    public boolean tryLock() {
        try {
            return tryLock(0, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        if (holds.reenter(name)) {
            return true;
        }
        Optional<LockHandle> acquired = holds.locks().tryAcquire(name, Duration.ofNanos(unit.toNanos(time)));
        acquired.ifPresent(holds::hold);
        return acquired.isPresent();
    }

    @Override
    public void unlock() {
        holds.release(name);
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("A distributed lock has no conditions");
    }

    @Override
    public String toString() {
        return "distributed lock '" + name + "'";
    }
}
