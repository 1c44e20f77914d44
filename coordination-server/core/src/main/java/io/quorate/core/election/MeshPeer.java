package io.quorate.core.election;

import io.quorate.core.quorum.HostPort;
import io.quorate.core.wire.peer.Notification;
import java.util.ArrayDeque;
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
    /** Addresses that the current attempt has not tried yet. */
    private final ArrayDeque<HostPort> untried = new ArrayDeque<>();
    /** Where it says that it can be reached; for the next attempt alone. */
    private List<HostPort> announced = List.of();

    private boolean lastDialFailed;
    /** Before this no dial begins. */
    private long dialNotBeforeNanos = Long.MIN_VALUE;
    /** Whether one begins then. */
    private boolean dialWanted;
    /** Before this a sign of life does not end the pause. */
    private long seenNotBeforeNanos = Long.MIN_VALUE;

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

    List<HostPort> takeAnnounced() {
        List<HostPort> taken = announced;
        announced = List.of();
        return taken;
    }

    /** An attempt begins anew with these addresses, in this order. */
    void tryAll(List<HostPort> addresses) {
        untried.clear();
        untried.addAll(addresses);
    }

    /** The next address to be tried; null when there is none left. */
    @Nullable
    HostPort nextAddress() {
        return untried.poll();
    }

    void dialling(MeshLink newDial, long notBeforeNanos) {
        dial = newDial;
        dialNotBeforeNanos = notBeforeNanos;
        dialWanted = false;
    }

    void dialSucceeded() {
        dial = null;
        dialWanted = false;
        lastDialFailed = false;
        untried.clear();
        announced = List.of();
    }

    /** This address is of no use; another may be. */
    void dialFailed() {
        dial = null;
    }

    /** None of the addresses is of any use. */
    void notReached() {
        lastDialFailed = true;
    }

    /**
     * It has just shown that it is there, so what the pause guards against is not the case. Only once per pause: a
     * member whose connections break as soon as they stand must not have us dial as fast as it does.
     */
    void seen(long nowNanos, long pauseNanos) {
        lastDialFailed = false;
        if (nowNanos >= seenNotBeforeNanos) {
            seenNotBeforeNanos = nowNanos + pauseNanos;
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
