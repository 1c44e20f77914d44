package io.quorate.cloud.zk.test;

import java.net.InetSocketAddress;

/** A server that tests run against. One instance is started and stopped any number of times and keeps its data. */
interface ServerUnderTest {

    /** Starts it, and returns where it listens once it serves; the port may be another each time. */
    InetSocketAddress start();

    /** Stops it, and returns when it serves no more. Its data stays. */
    void stop();
}
