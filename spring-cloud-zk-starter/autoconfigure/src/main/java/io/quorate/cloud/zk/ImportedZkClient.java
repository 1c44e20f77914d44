package io.quorate.cloud.zk;

/**
 * Holds the client that was opened to import configuration, which becomes the application's client. Whoever imports
 * registers it as a bean when the context is prepared, so that the context closes it. Thread-safe.
 */
public final class ImportedZkClient implements AutoCloseable {

    private volatile ZkClientHandle handle;

    public ImportedZkClient(ZkClientHandle handle) {
        this.handle = handle;
    }

    /** The client at present. Ask each time: connection details may have put another in its place. */
    public ZkClientHandle handle() {
        return handle;
    }

    /** Puts another client in its place and closes the present one. */
    public synchronized void replace(ZkClientHandle other) {
        ZkClientHandle former = handle;
        handle = other;
        former.close();
    }

    @Override
    public void close() {
        handle.close();
    }
}
