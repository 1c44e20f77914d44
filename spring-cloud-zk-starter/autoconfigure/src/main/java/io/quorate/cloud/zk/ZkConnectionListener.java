package io.quorate.cloud.zk;

/** Hears of changes of the connection. */
@FunctionalInterface
public interface ZkConnectionListener {

    /**
     * Called in order for each listener, on the starter's scheduler, never on a thread of the client: it may ask the
     * server something. What it is told may be older than {@link ZkConnectionMonitor#current()}.
     *
     * @param before what the listener was told last; status {@code NEVER} at first
     * @param now what came after it; another session is seen by its id
     */
    void changed(ZkConnection before, ZkConnection now);
}
