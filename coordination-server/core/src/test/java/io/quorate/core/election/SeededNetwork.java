package io.quorate.core.election;

import io.quorate.core.port.PeerLinks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Connections in virtual time. Each delivery takes a random while, in order within a connection, and bytes come in
 * pieces of any size. A seed means the same deliveries in every run.
 */
final class SeededNetwork {

    /** Who is at the other end of the wire. Only called while it is up. */
    interface Station {
        void accepted(long link);

        void connected(long link);

        void bytes(long link, ByteBuffer bytes);

        void closed(long link);
    }

    /** As the kernel repeats what asks for a connection: after 1 s, 2 s, 4 s. */
    private static final long FIRST_RETRY_NANOS = 1_000_000_000;

    private record Event(long atNanos, long sequence, Runnable action) {}

    /** One side of a connection. */
    private static final class End {
        final long owner;
        final long link;
        /** Null while there is none. */
        End other;

        boolean open = true;
        /** Nothing arrives here before this. */
        long notBeforeNanos;

        End(long owner, long link) {
            this.owner = owner;
            this.link = link;
        }
    }

    final SplittableRandom random;
    private final long maxDelayNanos;
    private final PriorityQueue<Event> events = new PriorityQueue<>((a, b) ->
            a.atNanos != b.atNanos ? Long.compare(a.atNanos, b.atNanos) : Long.compare(a.sequence, b.sequence));
    private final TreeMap<Long, Station> stations = new TreeMap<>();
    private final TreeMap<Long, End> ends = new TreeMap<>();
    /** Whose packets are lost on the way. */
    private final TreeSet<Long> island = new TreeSet<>();
    /** Machines that are gone with their servers: nobody answers, not even that nobody is there. */
    private final TreeSet<Long> silent = new TreeSet<>();

    private long sequence;
    private long lastLink;
    private long nowNanos;

    SeededNetwork(long seed, long maxDelayNanos) {
        random = new SplittableRandom(seed);
        this.maxDelayNanos = maxDelayNanos;
    }

    long now() {
        return nowNanos;
    }

    long delay() {
        return random.nextLong(maxDelayNanos / 10, maxDelayNanos + 1);
    }

    void schedule(long atNanos, Runnable action) {
        events.add(new Event(atNanos, ++sequence, action));
    }

    long nextEventNanos() {
        return events.isEmpty() ? Long.MAX_VALUE : events.peek().atNanos;
    }

    /** Time passes until then; what happens at that very moment has not happened yet. */
    void advanceTo(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
    }

    void runNext() {
        Event event = events.remove();
        advanceTo(event.atNanos);
        event.action.run();
    }

    // ---------------------------------------------------------------------------------------------------------- places

    void up(long id, Station station) {
        stations.put(id, station);
        silent.remove(id);
    }

    /** The process is gone; its machine tells everybody so, unless that is gone too. */
    void down(long id, boolean withItsMachine) {
        stations.remove(id);
        for (End end : List.copyOf(ends.values())) {
            if (end.owner == id) {
                end.open = false;
                ends.remove(end.link);
                if (!withItsMachine) {
                    hangUp(end);
                }
            }
        }
        if (withItsMachine) {
            silent.add(id);
        }
    }

    /** From now on these reach each other and nobody else. Connections across are dead, and nobody notices. */
    void isolate(List<Long> ids) {
        island.addAll(ids);
    }

    boolean reaches(long from, long to) {
        return island.contains(from) == island.contains(to) && !silent.contains(to);
    }

    /** All reach all again; connections that were across are found to be dead. */
    void heal() {
        List<End> across = new ArrayList<>();
        for (End end : ends.values()) {
            if (end.other != null && !reaches(end.owner, end.other.owner)) {
                across.add(end);
            }
        }
        island.clear();
        for (End end : across) {
            end.open = false;
            schedule(nowNanos + delay(), () -> gone(end));
        }
    }

    private void gone(End end) {
        end.open = false;
        Station station = stations.get(end.owner);
        if (ends.remove(end.link, end) && station != null) {
            station.closed(end.link);
        }
    }

    // -------------------------------------------------------------------------------------------------------
    // connections

    PeerLinks linksOf(long id) {
        return new PeerLinks() {
            @Override
            public long connect(Purpose purpose, String host, int port, int timeoutMillis) {
                return dial(id, Long.parseLong(host.substring(1)), timeoutMillis);
            }

            @Override
            public void send(long link, ByteBuffer bytes) {
                transmit(link, bytes);
            }

            @Override
            public void close(long link) {
                End end = ends.get(link);
                if (end != null && end.open) {
                    end.open = false;
                    hangUp(end);
                    schedule(nowNanos, () -> gone(end));
                }
            }

            @Override
            public void pauseReading(long link) {
                throw new AssertionError("election messages are always read");
            }

            @Override
            public void resumeReading(long link) {
                throw new AssertionError("election messages are always read");
            }
        };
    }

    private long dial(long from, long to, int timeoutMillis) {
        End near = new End(from, ++lastLink);
        ends.put(near.link, near);
        long timeoutNanos = nowNanos + timeoutMillis * 1_000_000L;
        schedule(nowNanos + delay(), () -> arrive(near, to, timeoutNanos, FIRST_RETRY_NANOS));
        return near.link;
    }

    private void arrive(End near, long to, long timeoutNanos, long retryNanos) {
        if (!near.open || !stations.containsKey(near.owner)) {
            return;
        }
        if (!reaches(near.owner, to)) {
            if (nowNanos + retryNanos < timeoutNanos) {
                schedule(nowNanos + retryNanos, () -> arrive(near, to, timeoutNanos, 2 * retryNanos));
            } else {
                schedule(timeoutNanos, () -> gone(near));
            }
            return;
        }
        Station station = stations.get(to);
        if (station == null) {
            schedule(nowNanos + delay(), () -> gone(near));
            return;
        }
        End far = new End(to, ++lastLink);
        ends.put(far.link, far);
        far.other = near;
        near.other = far;
        deliver(near, () -> stations.get(near.owner).connected(near.link));
        station.accepted(far.link);
    }

    private void transmit(long link, ByteBuffer bytes) {
        End end = ends.get(link);
        if (end == null || !end.open || end.other == null) {
            return;
        }
        End to = end.other;
        while (bytes.hasRemaining()) {
            int size = random.nextInt(4) == 0 ? random.nextInt(bytes.remaining()) + 1 : bytes.remaining();
            byte[] piece = new byte[size];
            bytes.get(piece);
            deliver(to, () -> stations.get(to.owner).bytes(to.link, ByteBuffer.wrap(piece)));
        }
    }

    private void hangUp(End end) {
        if (end.other != null) {
            End to = end.other;
            deliver(to, () -> gone(to));
        }
    }

    /** In order behind everything else that is on its way there; lost if the way or the other side is gone. */
    private void deliver(End to, Runnable action) {
        to.notBeforeNanos = Math.max(to.notBeforeNanos, nowNanos + delay());
        schedule(to.notBeforeNanos, () -> {
            if (to.open && stations.containsKey(to.owner) && reaches(to.other.owner, to.owner)) {
                action.run();
            }
        });
    }
}
