package io.quorate.runtime.kit;

import java.net.InetSocketAddress;

/**
 * One server process or instance that the kit talks to. It listens on a loopback port of its own choice and keeps its
 * data in a directory of its own until it is closed. Used by one thread.
 */
public interface ServerUnderTest extends AutoCloseable {

    /** Starts with empty data and returns when handshakes are answered. */
    void start(ServerOptions options);

    /** Where clients connect. It may change on {@link #restart}. */
    InetSocketAddress address();

    /** Where connections are encrypted; the options must say so. It may change on {@link #restart}. */
    InetSocketAddress secureAddress();

    /** Stops in the orderly way and keeps the data. */
    void stop();

    /** Stops if need be and starts again on the same data with the same options. */
    void restart();

    /** Ends it without notice, as a crash does, and keeps the data. */
    void kill();

    /** Whether this server takes its own way there; false for the reference. */
    boolean deliberatelyDiffers(DeliberateDifference difference);

    /** Stops and deletes the data. Repeating it changes nothing. */
    @Override
    void close();
}
