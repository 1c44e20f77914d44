package io.quorate.core.election;

import io.quorate.core.wire.peer.PeerInput;
import org.jspecify.annotations.Nullable;

/** One connection on the election port, from its beginning until the word that it is closed. */
final class MeshLink {

    enum Stage {
        /** We dial. */
        DIALLING,
        /** Somebody has connected and has not said who it is. */
        GREETING,
        /** Carries messages; the member's only one. */
        OPEN,
        /** Given up; its input means nothing. */
        CLOSING
    }

    private final long id;
    /** For messages. */
    private final String address;

    private final PeerInput input = new PeerInput();
    private Stage stage;
    /** Null only while {@link Stage#GREETING}, or when it never came further. */
    private @Nullable MeshPeer peer;
    /** Later for one that came to stand later, whoever dialled; 0 while we dial. */
    private long since;
    /** When a handshake is overdue. */
    private final long deadlineNanos;

    private boolean writable = true;

    private MeshLink(long id, String address, Stage stage, @Nullable MeshPeer peer, long deadlineNanos) {
        this.id = id;
        this.address = address;
        this.stage = stage;
        this.peer = peer;
        this.deadlineNanos = deadlineNanos;
    }

    static MeshLink dialled(long id, String address, MeshPeer peer) {
        return new MeshLink(id, address, Stage.DIALLING, peer, Long.MAX_VALUE);
    }

    static MeshLink accepted(long id, String address, long since, long deadlineNanos) {
        MeshLink link = new MeshLink(id, address, Stage.GREETING, null, deadlineNanos);
        link.since = since;
        return link;
    }

    long id() {
        return id;
    }

    String address() {
        return address;
    }

    PeerInput input() {
        return input;
    }

    boolean is(Stage expected) {
        return stage == expected;
    }

    @Nullable
    MeshPeer peer() {
        return peer;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    void stands(long inOrder) {
        since = inOrder;
    }

    /** Whether this one came to stand before the other did. */
    boolean isOlderThan(MeshLink other) {
        return since < other.since;
    }

    boolean writable() {
        return writable;
    }

    void setWritable(boolean takesOutput) {
        writable = takesOutput;
    }

    void open(MeshPeer owner) {
        peer = owner;
        stage = Stage.OPEN;
    }

    void closing() {
        stage = Stage.CLOSING;
    }
}
