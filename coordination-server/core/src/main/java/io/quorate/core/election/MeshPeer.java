package io.quorate.core.election;

import io.quorate.core.quorum.HostPort;
import io.quorate.core.wire.peer.Notification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the mesh knows of one member: its connection, and the one message that waits for it. */
final class MeshPeer {

    private final long serverId;
    /** The connection that carries messages. */
    private @Nullable MeshLink link;
    /** The attempt to make one. Null whenever there is a link. */
    private @Nullable MeshLink dial;
    /** The newest message, not sent yet. */
    private @Nullable Notification waiting;
    /** The newest one sent. */
    private @Nullable Notification last;
    /** Where it says that it can be reached; used for the one dial that answers its own. */
    private List<HostPort> announced = List.of();
    /** Which of the addresses the current attempt tries. */
    private int attempt;

    private boolean lastDialFailed;
    /** Before this no dial begins. */
    private long dialNotBeforeNanos = Long.MIN_VALUE;
    /** Whether one begins then. */
    private boolean dialWanted;

    MeshPeer(long serverId) {
        this.serverId = serverId;
    }

    long serverId() {
        return serverId;
    }

    @Nullable
    MeshLink link() {
        return link;
    }

    @Nullable
    MeshLink dial() {
        return dial;
    }

    boolean isIdle() {
        return link == null && dial == null;
    }

    boolean unreachable() {
        return isIdle() && lastDialFailed;
    }

    /** A newer message takes the place of one that waits. */
    void offer(Notification message) {
        waiting = message;
    }

    boolean delivered() {
        return waiting == null;
    }

    /** Takes what waits, if anything does. */
    @Nullable
    Notification takeWaiting() {
        Notification message = waiting;
        if (message != null) {
            waiting = null;
            last = message;
        }
        return message;
    }

    void linked(MeshLink newLink) {
        link = newLink;
        dial = null;
        dialSucceeded();
        if (waiting == null) {
            // What was sent on the old connection may not have arrived.
            waiting = last;
        }
    }

    void unlinked() {
        link = null;
    }

    void announce(List<HostPort> addresses) {
        announced = addresses;
    }

    List<HostPort> announced() {
        return announced;
    }

    int attempt() {
        return attempt;
    }

    void dialling(MeshLink newDial, int addressIndex, long notBeforeNanos) {
        dial = newDial;
        attempt = addressIndex;
        dialNotBeforeNanos = notBeforeNanos;
        dialWanted = false;
    }

    void dialSucceeded() {
        dial = null;
        dialWanted = false;
        lastDialFailed = false;
        announced = List.of();
    }

    /** @param wholly no address is left to be tried */
    void dialFailed(boolean wholly) {
        dial = null;
        if (wholly) {
            lastDialFailed = true;
            announced = List.of();
        }
    }

    /** It has just shown that it is there: a failure of the past says nothing any more. */
    void seen() {
        if (lastDialFailed) {
            lastDialFailed = false;
            dialNotBeforeNanos = Long.MIN_VALUE;
        }
    }

    long dialNotBeforeNanos() {
        return dialNotBeforeNanos;
    }

    void wantDial() {
        dialWanted = true;
    }

    boolean dialWanted() {
        return dialWanted;
    }
}
