package io.quorate.runtime.kit;

import java.net.InetSocketAddress;

/** Three voters on loopback that form one ensemble. Members are numbered by their server ids, 1 to 3. One thread. */
public interface EnsembleUnderTest extends AutoCloseable {

    /** How many members there are. */
    int MEMBERS = 3;

    /** Starts every member with empty data and returns when all of them serve. */
    void start(ServerOptions options);

    /** Where clients of this member connect; the same for as long as the ensemble lives. */
    InetSocketAddress address(int member);

    /** Ends a member without notice, as a crash does; its data stays. */
    void kill(int member);

    /** Starts a killed member on its data, and returns when it serves, which takes a quorum of running members. */
    void startAgain(int member);

    /** Ends every member and deletes their data. Repeating it changes nothing. */
    @Override
    void close();
}
