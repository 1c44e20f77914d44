package io.quorate.cloud.zk;

import java.time.Instant;
import java.util.function.Supplier;

/** A connection whose state a test sets; every change is at a later moment, as it is in earnest. */
public final class ScriptedConnection implements Supplier<ZkConnection> {

    private static final int TIMEOUT_MILLIS = 6_000;

    private volatile ZkConnection current = new ZkConnection(ZkConnection.Status.NEVER, 0, 0, Instant.EPOCH);

    @Override
    public ZkConnection get() {
        return current;
    }

    public void connected(long session) {
        set(ZkConnection.Status.CONNECTED, session);
    }

    public void suspended() {
        set(ZkConnection.Status.SUSPENDED, current.sessionId());
    }

    public void lost() {
        set(ZkConnection.Status.LOST, 0);
    }

    private void set(ZkConnection.Status status, long session) {
        current = new ZkConnection(
                status, session, TIMEOUT_MILLIS, current.since().plusSeconds(1));
    }
}
