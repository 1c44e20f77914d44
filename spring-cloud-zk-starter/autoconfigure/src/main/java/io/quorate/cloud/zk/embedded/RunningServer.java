package io.quorate.cloud.zk.embedded;

/** A server inside the application, as far as those see it that must not load its classes. */
interface RunningServer extends AutoCloseable {

    /** Where it serves, as {@code host:port}. */
    String address();

    /** Returns when it has stopped. */
    @Override
    void close();
}
