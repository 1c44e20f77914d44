package io.quorate.cloud.zk.lock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Lock;

/**
 * Locks by name, given in the order in which they were asked for. A lock is held until it is closed, its session ends,
 * or this process does. A process that stands still cannot notice that its session has gone: what must not happen twice
 * carries the {@linkplain LockHandle#fencingToken() fencing token} to a store that refuses smaller ones. Thread-safe.
 *
 * <p>A name is any text that is not empty. Except for {@link #asLock(String)}, locks belong to no thread and are not
 * reentrant.
 */
public interface DistributedLocks {

    /**
     * Waits for a lock for as long as {@code spring.cloud.zookeeper.lock.default-wait} says.
     *
     * @throws LockNotAcquiredException when it is not free by then, or the server refuses it
     * @throws InterruptedException when this thread is interrupted; nothing is held then
     */
    LockHandle acquire(String name) throws InterruptedException;

    /**
     * Waits for a lock.
     *
     * @param wait how long, waiting for a connection included; zero or less takes the lock if it is free and there is a
     *     connection
     * @return empty when it is not free by then, or there is no connection
     * @throws LockNotAcquiredException when the server refuses it
     * @throws InterruptedException when this thread is interrupted; nothing is held then
     */
    Optional<LockHandle> tryAcquire(String name, Duration wait) throws InterruptedException;

    /**
     * Runs the body while holding a lock.
     *
     * @param wait as in {@link #tryAcquire(String, Duration)}
     * @return what the body returns
     * @throws LockNotAcquiredException when the lock is not free by then, or the server refuses it
     * @throws Exception what the body throws
     */
    <T> T withLock(String name, Duration wait, Callable<T> body) throws Exception;

    /**
     * A lock as Java knows them, owned by the thread and reentrant: every object for the same name is the same lock. It
     * has no conditions. Taking a lock again that was lost meanwhile, and giving it back, throws
     * {@link LockLostException}.
     */
    Lock asLock(String name);
}
