package io.quorate.app.compare;

import java.io.IOException;

/** A session that writes, one request at a time, and goes on with another server when its own is gone. */
interface WriteSession extends AutoCloseable {

    /** Overwrites the session's node; returns when that is acknowledged. @throws IOException when it may not be */
    void write() throws IOException;

    @Override
    void close();
}
