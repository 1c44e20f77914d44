package io.quorate.runtime.rehearsal;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.replica.Replica;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The network between members: delivers everything, in order, when it is told to. */
final class Wires {

    private final List<Member> members;
    /** Who has the link; gone when it is closed. Links come in pairs, the odd one at the end that has dialled. */
    private final Map<Long, Member> ends = new HashMap<>();

    private final ArrayDeque<Runnable> underWay = new ArrayDeque<>();
    private long lastLink;

    /** @param members found by the number in their host name; may still be filled */
    Wires(List<Member> members) {
        this.members = members;
    }

    /** The port of one member. */
    PeerLinks of(long memberId) {
        return new Port(memberId);
    }

    /** Delivers what is under way, but not what is sent meanwhile. */
    void deliver() {
        for (int left = underWay.size(); left > 0; left--) {
            underWay.remove().run();
        }
    }

    /** A process is gone, and the system closes its connections. */
    void hangUpAll(Member gone) {
        for (Map.Entry<Long, Member> entry : List.copyOf(ends.entrySet())) {
            if (entry.getValue() == gone) {
                hangUp(entry.getKey());
            }
        }
    }

    /** Behind everything that was sent over it. */
    private void hangUp(long link) {
        Member here = ends.remove(link);
        if (here == null) {
            return;
        }
        underWay.add(() -> {
            Member there = ends.remove(otherEnd(link));
            tell(here, peers -> peers.onPeerClosed(link));
            if (there != null) {
                tell(there, peers -> peers.onPeerClosed(otherEnd(link)));
            }
        });
    }

    private static long otherEnd(long link) {
        return link % 2 == 0 ? link - 1 : link + 1;
    }

    private static void tell(Member member, Consumer<PeerInputs> input) {
        Replica present = member.replica();
        if (present != null) {
            input.accept(present.peers());
        }
    }

    private @Nullable Member find(String host) {
        for (Member member : members) {
            if (host.equals(Rehearsal.host(member.id()))) {
                return member.replica() == null ? null : member;
            }
        }
        return null;
    }

    private final class Port implements PeerLinks {
        private final long memberId;

        Port(long memberId) {
            this.memberId = memberId;
        }

        @Override
        public long connect(Purpose purpose, String host, int port, int timeoutMillis) {
            long here = ++lastLink;
            long there = ++lastLink;
            underWay.add(() -> {
                Member from = find(Rehearsal.host(memberId));
                Member to = find(host);
                if (from != null && to != null) {
                    ends.put(here, from);
                    ends.put(there, to);
                    tell(to, peers -> peers.onPeerAccepted(there, purpose, "127.0.0.1"));
                    tell(from, peers -> peers.onPeerConnected(here));
                } else if (from != null) {
                    tell(from, peers -> peers.onPeerClosed(here));
                }
            });
            return here;
        }

        @Override
        public void send(long link, ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            underWay.add(() -> {
                Member to = ends.get(otherEnd(link));
                if (to != null) {
                    tell(to, peers -> peers.onPeerBytes(otherEnd(link), ByteBuffer.wrap(copy)));
                }
            });
        }

        @Override
        public void close(long link) {
            hangUp(link);
        }

        /** Nobody reads from a socket. */
        @Override
        public void pauseReading(long link) {}

        /** Nobody reads from a socket. */
        @Override
        public void resumeReading(long link) {}
    }
}
