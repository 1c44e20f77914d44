package io.quorate.simulation.network;

import io.quorate.simulation.network.Segment.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * One direction of a connection. What is put in comes out in order, or its beginning does. While the way is blocked, or
 * the reader does not read, everything waits, since the sender's system would send it again.
 */
final class Pipe {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** Bytes that may have arrived without the sender knowing. */
    private static final int WINDOW_BYTES = 256 << 10;

    private final SimNetwork network;
    private final LinkEnd sender;
    private final LinkEnd receiver;
    /** Of every byte, one way, before anything slowed it down. */
    private final long ownDelayNanos;

    private long delayNanos;
    private final ArrayDeque<Segment> line = new ArrayDeque<>();
    private long lastArrivalNanos;
    private long stalledUntilNanos;
    /** When the line is looked at next; long past when nothing is planned. */
    private long plannedNanos = -1;
    /** Bytes that have arrived and whose sender has not been told, because the way back is blocked. */
    private int unconfirmedBytes;
    /** Whether what is put in leads nowhere, and the receiver has not been told. */
    private boolean silent;
    /** Whether the last segment has been put in: an end, a break, or none that would ever arrive. */
    private boolean ended;

    Pipe(SimNetwork network, LinkEnd sender, LinkEnd receiver) {
        this.network = network;
        this.sender = sender;
        this.receiver = receiver;
        ownDelayNanos = network.linkDelayNanos();
        delayNanos = ownDelayNanos;
    }

    /** Nothing may be put in any more, and what is put in nevertheless is lost. */
    boolean isEnded() {
        return ended;
    }

    void put(Kind kind, ByteBuffer bytes) {
        if (ended) {
            return;
        }
        ended = kind == Kind.END || kind == Kind.RESET;
        long arrival = network.nowNanos() + delayNanos + network.jitterNanos(delayNanos);
        lastArrivalNanos = Math.max(lastArrivalNanos + 1, arrival);
        line.addLast(new Segment(kind, bytes, lastArrivalNanos));
        move();
    }

    void put(Kind kind) {
        put(kind, NOTHING);
    }

    void stall(long nanos) {
        stalledUntilNanos = Math.max(stalledUntilNanos, network.nowNanos() + nanos);
    }

    /** From now on everything takes so much longer. */
    void slowDown(long nanos) {
        delayNanos += nanos;
    }

    /** From now on everything takes as long as in the beginning. */
    void regainSpeed() {
        delayNanos = ownDelayNanos;
    }

    /** The last part of what is under way is lost. */
    void loseSuffix() {
        long kept = network.faults().below(line.size() + 1L);
        while (line.size() > kept) {
            line.removeLast();
            // An end that is lost has told nobody.
            ended = false;
        }
    }

    /** The last part of what is under way is lost, and the receiver is told that the connection is broken. */
    void breakOff() {
        if (!ended || !line.isEmpty()) {
            loseSuffix();
            ended = false;
            put(Kind.RESET);
        }
    }

    /** The last part of what is under way is lost, and everything from now on; nobody is told. */
    void fallSilent() {
        loseSuffix();
        ended = true;
        silent = true;
    }

    /** What made it silent is gone: whoever still listens is told that there is nobody on the other side. */
    void breakSilence() {
        if (silent) {
            silent = false;
            ended = false;
            put(Kind.RESET);
        }
    }

    /** Delivers what may arrive by now, and plans the rest. To be called whenever an obstacle may be gone. */
    void move() {
        confirm();
        Segment head = line.peekFirst();
        while (head != null && mayPass(head)) {
            long due = Math.max(head.arrivalNanos(), stalledUntilNanos);
            if (due > network.nowNanos()) {
                plan(due);
                return;
            }
            line.removeFirst();
            deliver(head);
            head = line.peekFirst();
        }
    }

    private void plan(long nanos) {
        if (plannedNanos != nanos) {
            plannedNanos = nanos;
            network.at(nanos, () -> {
                if (plannedNanos == nanos) {
                    plannedNanos = -1;
                    move();
                }
            });
        }
    }

    private boolean mayPass(Segment head) {
        if (!network.isOpen(sender.owner, receiver.owner) || receiver.owner.isSilent()) {
            return false;
        }
        boolean takesBytes = receiver.isClosed() || !receiver.isPaused() && unconfirmedBytes < WINDOW_BYTES;
        return head.kind() != Kind.BYTES || takesBytes;
    }

    private void deliver(Segment segment) {
        if (receiver.isClosed()) {
            // Nobody has this connection any more: the system says so, unless it has done already.
            line.clear();
            receiver.out().put(Kind.RESET);
            return;
        }
        receiver.arrived(segment);
        unconfirmedBytes += segment.bytes().capacity();
        confirm();
    }

    private void confirm() {
        if (unconfirmedBytes > 0 && network.isOpen(receiver.owner, sender.owner)) {
            int bytes = unconfirmedBytes;
            unconfirmedBytes = 0;
            sender.confirmed(bytes);
        }
    }
}
