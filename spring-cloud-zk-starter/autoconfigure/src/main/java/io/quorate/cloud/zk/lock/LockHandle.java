package io.quorate.cloud.zk.lock;

/** A lock that was acquired. Thread-safe. */
public interface LockHandle extends AutoCloseable {

    String name();

    /**
     * Whether the lock is held for certain. False from the moment at which the connection is lost; true again once it
     * was seen to be held still. After a {@link LockLostEvent} it stays false.
     */
    boolean isValid();

    /** Larger for every later holder of this lock. */
    long fencingToken();

    /** Gives the lock back, now or as soon as there is a connection. Does nothing when it is lost or given back. */
    @Override
    void close();
}
