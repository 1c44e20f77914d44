package io.quorate.simulation.network;

import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.simulation.network.Segment.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A link as one member has it. */
final class LinkEnd {

    /** As much untaken output makes a link unwritable, and so little makes it writable again. */
    private static final int HIGH_BYTES = 1 << 20;

    private static final int LOW_BYTES = 512 << 10;
    /** What a system takes off a server's hands without knowing that it arrives. */
    private static final int SOCKET_BYTES = 256 << 10;
    /** How long the other side may take for the last bytes. */
    private static final long CLOSE_NANOS = 5_000_000_000L;

    final long link;
    final Purpose purpose;
    final SimPeerLinks owner;
    /** What has been sent since the last flush. */
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    /** Null until the other side has accepted. */
    private @Nullable Pipe out;
    /** The direction that leads here; null likewise. */
    private @Nullable Pipe in;

    private boolean stands;
    private boolean paused;
    private boolean writable = true;
    /** Whether the owner has ended the link: it hears of nothing but the end. */
    private boolean closing;
    /** Whether an end has been put behind what was sent. */
    private boolean endSent;

    private boolean closed;
    /** Flushed, and not known to have arrived. */
    private int untakenBytes;

    LinkEnd(long link, Purpose purpose, SimPeerLinks owner) {
        this.link = link;
        this.purpose = purpose;
        this.owner = owner;
    }

    void join(Pipe outward, Pipe inward, boolean standing) {
        out = outward;
        in = inward;
        stands = standing;
    }

    /** The direction that leads away. Only when the other side has accepted. */
    Pipe out() {
        return Objects.requireNonNull(out, "the link has no other side yet");
    }

    Pipe in() {
        return Objects.requireNonNull(in, "the link has no other side yet");
    }

    boolean stands() {
        return stands;
    }

    boolean isClosing() {
        return closing;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isPaused() {
        return paused && !closing;
    }

    void pause(boolean newPaused) {
        paused = newPaused;
        if (in != null) {
            in.move();
        }
    }

    // ------------------------------------------------------------------------------------------------ owner's commands

    void send(ByteBuffer bytes) {
        if (!closing && !closed && bytes.hasRemaining()) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            output.writeBytes(copy);
            owner.touched(this);
            if (output.size() > owner.network().options().maxOutputBytes()) {
                abort();
            }
        }
    }

    void close() {
        if (closing || closed) {
            return;
        }
        closing = true;
        if (stands) {
            owner.touched(this);
        } else {
            abort();
        }
    }

    /** The turn is over: what it sent leaves, and the end behind it. */
    void flush() {
        if (!stands || closed) {
            return;
        }
        byte[] bytes = output.toByteArray();
        output.reset();
        put(bytes, bytes.length);
        if (closing && !endSent) {
            endSent = true;
            out().put(Kind.END);
            if (untakenBytes > SOCKET_BYTES) {
                owner.network().after(CLOSE_NANOS, this::abort);
            }
        }
        review();
    }

    private void put(byte[] bytes, int count) {
        untakenBytes += count;
        for (int at = 0; at < count; ) {
            int size = owner.network().segmentBytes(count - at);
            out().put(Kind.BYTES, ByteBuffer.wrap(bytes, at, size).slice());
            at += size;
        }
    }

    /** What follows from how much has not been taken. */
    private void review() {
        if (closed) {
            return;
        }
        if (endSent && untakenBytes <= SOCKET_BYTES) {
            closed();
        } else if (untakenBytes > owner.network().options().maxOutputBytes()) {
            abort();
        } else if (writable && untakenBytes > HIGH_BYTES || !writable && untakenBytes < LOW_BYTES) {
            writable = !writable;
            owner.told(new PeerEvent.Writability(this, writable));
        }
    }

    /** Gives the link up: the other side, if there is one, finds the connection broken. */
    void abort() {
        if (!closed) {
            if (out != null) {
                out.breakOff();
            }
            closed();
        }
    }

    /**
     * The owner is gone, in the middle of whatever it did.
     *
     * @param silently whether its machine is gone with it
     */
    void died(boolean silently) {
        if (closed) {
            return;
        }
        closed = true;
        Pipe pipe = out;
        if (pipe == null) {
            return;
        }
        if (stands && !endSent) {
            byte[] bytes = output.toByteArray();
            put(bytes, (int) owner.network().faults().below(bytes.length + 1L));
        }
        if (silently) {
            // Not ended: if the machine comes back, it tells whoever asks that it knows nothing of the connection.
            pipe.loseSuffix();
        } else {
            pipe.breakOff();
        }
    }

    private void closed() {
        closed = true;
        owner.ended(this);
        owner.told(new PeerEvent.Closed(this));
        if (in != null) {
            in.move();
        }
    }

    // ------------------------------------------------------------------------------------------------ network's events

    void arrived(Segment segment) {
        switch (segment.kind()) {
            case CONNECTED -> {
                stands = true;
                owner.told(new PeerEvent.Connected(this));
                if (output.size() > 0) {
                    owner.touched(this);
                }
            }
            case BYTES -> owner.told(new PeerEvent.Bytes(this, segment.bytes()));
            case END, RESET -> closed();
        }
    }

    void confirmed(int bytes) {
        untakenBytes -= bytes;
        review();
    }
}
