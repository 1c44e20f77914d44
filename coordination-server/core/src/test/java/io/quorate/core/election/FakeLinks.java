package io.quorate.core.election;

import io.quorate.core.port.PeerLinks;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Connections that only exist as notes of what was done with them. */
final class FakeLinks implements PeerLinks {

    record Dial(long link, String address, int timeoutMillis) {}

    private final TreeMap<Long, ByteArrayOutputStream> sent = new TreeMap<>();
    private final TreeSet<Long> closed = new TreeSet<>();
    private final List<Dial> dials = new ArrayList<>();
    private int sends;
    private long lastLink;

    /** A name for a connection that comes from outside. */
    long next() {
        return ++lastLink;
    }

    /** The attempts since the last call. */
    List<Dial> takeDials() {
        List<Dial> taken = List.copyOf(dials);
        dials.clear();
        return taken;
    }

    /** What has been sent over a link since the last call. */
    ByteBuffer take(long link) {
        ByteArrayOutputStream bytes = sent.remove(link);
        return ByteBuffer.wrap(bytes == null ? new byte[0] : bytes.toByteArray());
    }

    /** Commands to send since the last call. */
    int takeSends() {
        int taken = sends;
        sends = 0;
        return taken;
    }

    boolean isClosed(long link) {
        return closed.contains(link);
    }

    @Override
    public long connect(Purpose purpose, String host, int port, int timeoutMillis) {
        if (purpose != Purpose.ELECTION) {
            throw new AssertionError("not for elections");
        }
        dials.add(new Dial(next(), host + ":" + port, timeoutMillis));
        return lastLink;
    }

    @Override
    public void send(long link, ByteBuffer bytes) {
        if (closed.contains(link)) {
            throw new AssertionError("sent over link " + link + ", which is closed");
        }
        sends++;
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        sent.computeIfAbsent(link, unused -> new ByteArrayOutputStream()).writeBytes(copy);
    }

    @Override
    public void close(long link) {
        closed.add(link);
    }

    @Override
    public void pauseReading(long link) {
        throw new AssertionError("election messages are always read");
    }

    @Override
    public void resumeReading(long link) {
        throw new AssertionError("election messages are always read");
    }
}
