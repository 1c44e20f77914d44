package io.quorate.simulation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.PeerLinks.Purpose;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers what a member is told of its links, and fails when it is told in a wrong order. */
final class PeerRecorder implements PeerInputs {

    /** What has been told of one link. */
    static final class Told {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final @Nullable Purpose acceptedFor;
        private boolean stands;
        private boolean writable = true;
        private boolean ended;
        private boolean closed;

        private Told(@Nullable Purpose acceptedFor) {
            this.acceptedFor = acceptedFor;
            stands = acceptedFor != null;
        }

        boolean stands() {
            return stands;
        }

        boolean isClosed() {
            return closed;
        }

        boolean isWritable() {
            return writable;
        }

        int size() {
            return bytes.size();
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    private final Map<Long, Told> links = new HashMap<>();
    /** Accepted links in order. */
    private final List<Long> accepted = new ArrayList<>();

    /** The next link is ours: it was asked for. */
    void asked(long link) {
        assertThat(links.put(link, new Told(null))).as("link %d is new", link).isNull();
    }

    /** The member closes the link, so nothing but its end may be told from now on. */
    void closes(long link) {
        told(link).ended = true;
    }

    Told told(long link) {
        Told told = links.get(link);
        assertThat(told).as("link %d has begun", link).isNotNull();
        return told;
    }

    List<Long> accepted() {
        return accepted;
    }

    List<Long> accepted(Purpose purpose) {
        return accepted.stream()
                .filter(link -> told(link).acceptedFor == purpose)
                .toList();
    }

    private Told live(long link) {
        Told told = told(link);
        assertThat(told.closed).as("link %d is closed", link).isFalse();
        assertThat(told.ended).as("link %d was ended by its owner", link).isFalse();
        return told;
    }

    @Override
    public void onPeerAccepted(long link, PeerLinks.Purpose purpose, String address) {
        assertThat(links.put(link, new Told(purpose)))
                .as("link %d is new", link)
                .isNull();
        assertThat(address).isNotEmpty();
        accepted.add(link);
    }

    @Override
    public void onPeerConnected(long link) {
        Told told = live(link);
        assertThat(told.stands).as("link %d stood already", link).isFalse();
        told.stands = true;
    }

    @Override
    public void onPeerBytes(long link, ByteBuffer piece) {
        Told told = live(link);
        assertThat(told.stands).as("link %d stands", link).isTrue();
        assertThat(piece.hasRemaining()).as("a piece has bytes").isTrue();
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        told.bytes.writeBytes(copy);
    }

    @Override
    public void onPeerWritable(long link, boolean writable) {
        Told told = live(link);
        assertThat(told.writable).as("link %d changes", link).isNotEqualTo(writable);
        told.writable = writable;
    }

    @Override
    public void onPeerClosed(long link) {
        Told told = told(link);
        assertThat(told.closed).as("link %d was closed already", link).isFalse();
        told.closed = true;
    }
}
