package io.quorate.runtime.proof;

import io.quorate.runtime.kit.wire.KitSession;

/**
 * One client that writes until its server is gone, and afterwards knows what must be there. Writing happens on a thread
 * of its own; checking on the test's, when that thread has ended.
 */
interface AcknowledgedWrites {

    /** Creates what it writes to. Called once, on an empty server. */
    void prepare(KitSession session);

    /** Sends the next write, without waiting for its answer. */
    void send(KitSession session);

    /** Takes the next answer. The connection may end instead, which leaves everything sent since in doubt. */
    void receive(KitSession session);

    /**
     * Compares what the server has with what was acknowledged and what is in doubt, and goes on from there.
     *
     * @throws AssertionError when an acknowledged write is lost, or something is there that cannot be
     */
    void check(KitSession session);

    /** How many writes have been acknowledged so far. */
    long acknowledged();
}
