package io.quorate.cloud.zk.lock;

import io.quorate.cloud.zk.ZkConnection;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A lock that was acquired, until it is given back or lost. */
final class HeldLock implements LockHandle {

    /** Where it stands; the last two are final. */
    enum State {
        HELD,
        RELEASED,
        LOST
    }

    private final String name;
    private final LockAttempt.Place place;
    private final Instant since;
    private final Supplier<ZkConnection> connection;
    private final Consumer<HeldLock> released;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    /** The connection in which the node was last seen to belong to this session. */
    private volatile ZkConnection verified;

    /** @param released told once when it is given back */
    HeldLock(
            String name,
            LockAttempt.Place place,
            Instant since,
            Supplier<ZkConnection> connection,
            Consumer<HeldLock> released) {
        this.name = name;
        this.place = place;
        this.since = since;
        this.connection = connection;
        this.released = released;
        this.verified = place.verified();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isValid() {
        return state.get() == State.HELD && verified.equals(connection.get());
    }

    @Override
    public long fencingToken() {
        return place.node().czxid();
    }

    @Override
    public void close() {
        if (state.compareAndSet(State.HELD, State.RELEASED)) {
            released.accept(this);
        }
    }

    String path() {
        return place.path();
    }

    long session() {
        return place.node().owner();
    }

    Instant since() {
        return since;
    }

    State state() {
        return state.get();
    }

    boolean isVerifiedIn(ZkConnection now) {
        return verified.equals(now);
    }

    void verifiedIn(ZkConnection now) {
        verified = now;
    }

    /** @return whether it was held until now */
    boolean lose() {
        return state.compareAndSet(State.HELD, State.LOST);
    }
}
