package io.quorate.runtime.kit;

import java.net.InetSocketAddress;

/**
 * One member of an ensemble, of either kind. It keeps its ports, and its data until it is closed. Used by one thread.
 */
interface EnsembleMember extends AutoCloseable {

    /** Starts with empty data and does not wait: a member serves only while a quorum runs. Once. */
    void launchFirst(ServerOptions options);

    /** Starts again on the same data with the same options, and does not wait. */
    void launchAgain();

    /** Returns when clients are served. */
    void awaitServing();

    /** Where clients connect. */
    InetSocketAddress address();

    /** Ends it in the orderly way and keeps the data. */
    void stop();

    /** Ends it without notice, as a crash does, and keeps the data. */
    void kill();

    /** Ends it and deletes the data. Repeating it changes nothing. */
    @Override
    void close();
}
