package io.quorate.cloud.zk.test;

import java.net.InetSocketAddress;

/**
 * A server that tests run against. One instance is started and stopped any number of times and keeps its data and its
 * sessions in between. Clients never meet it directly but through a proxy, which counts, holds back and cuts; so all
 * that is asked of it is to come and to go. Calls never overlap.
 */
public interface ServerUnderTest {

    /**
     * Starts it, and returns where it listens once it serves; the port may be another each time.
     *
     * @throws IllegalStateException if it does not serve; the message says how to mend that
     */
    InetSocketAddress start();

    /**
     * Stops it, and returns when it serves no more. Does nothing while it is stopped.
     *
     * @throws UnsupportedOperationException if it is not the test's to stop
     */
    void stop();
}
